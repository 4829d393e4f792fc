import type { Schema } from "effect"
import type { Role } from "./Role.ts"

/** Who may call: these roles, or anyone who reaches the server. */
export type Callers = ReadonlyArray<Role> | "anyone"

/** What a route is, apart from the code that answers. `response: "file"` is a download, `"stream"` events as they happen. */
export interface Route {
  readonly method: "GET" | "POST"
  /** Parameters as `:name`. */
  readonly path: string
  readonly callers: Callers
  readonly summary: string
  readonly query?: Readonly<Record<string, Schema.Codec<string>>>
  readonly body?: Schema.Codec<unknown>
  /** The same for everybody of a role until the records change: kept encoded, and confirmed by an ETag. */
  readonly versioned?: true
  /** Only for who showed within the last five minutes that it is them. */
  readonly fresh?: true
  /** How large a body may be, where that is more than the 64 KiB of others. */
  readonly mostBytes?: number
  readonly response: Schema.Codec<unknown> | "file" | "document" | "stream"
}

/** Declares a route and keeps its exact types. */
export const route = <const R extends Route>(declared: R): R => declared
