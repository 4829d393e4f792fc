import type { EmbedToken } from "../../api/embed/EmbedToken.ts"

/** A token as a request is held against it. */
export type EmbedGrant = Pick<EmbedToken, "kind" | "target" | "origins" | "expiresAt" | "revokedAt">

/** Who asks for what: the page's origin as the browser states it, undefined where it states none. */
export interface EmbedAsked {
  readonly origin: string | undefined
  /** This server itself, whose own pages show what they embed. */
  readonly own: string
  readonly kind: EmbedToken["kind"]
  readonly target: string
  /** ISO instant. */
  readonly now: string
}

/** Why a request by a token is refused; undefined if it is not. A page that the token is not for learns nothing else of it. */
export function judgeEmbed(
  grant: EmbedGrant | undefined,
  { origin, own, kind, target, now }: EmbedAsked
): "unknown" | "origin" | "ended" | "scope" | undefined {
  if (grant === undefined) return "unknown"
  if (origin === undefined || (origin !== own && !grant.origins.includes(origin))) return "origin"
  if (grant.revokedAt !== null || now >= grant.expiresAt) return "ended"
  return grant.kind === kind && grant.target === target ? undefined : "scope"
}
