import type { Label } from "#pricing/quote/Explanation.ts"

/** What buyers are told of. */
export const noticeKinds = [
  "recall",
  "price",
  "deprecation",
  "breaking",
  "suspension",
  "resumption",
  "retirement"
] as const
export type NoticeKind = (typeof noticeKinds)[number]

/** Something that happened to a product, told to one buyer who is entitled to it. It names no subject and no other buyer. */
export interface Notice {
  readonly id: string
  readonly buyer: string
  readonly kind: NoticeKind
  readonly product: string
  /** The data version that it is about; null for the product as a whole. */
  readonly version: string | null
  /** ISO instant. */
  readonly at: string
  readonly text: Label
  readonly facts: Readonly<Record<string, string | number | null>>
  readonly readAt: string | null
}

/** What is told, before it is known to whom. */
export type Announcement = Pick<Notice, "kind" | "product" | "version" | "at" | "text" | "facts">
