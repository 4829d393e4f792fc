import { Context } from "effect"
import type { MasksOf } from "./http/MasksOf.ts"

/** Who a view answers for, beyond the principal: how clearly they see fields, and the session that keyed masks belong to. */
export interface Asker {
  readonly masksOf: MasksOf
  /** Public name of the session; empty for a request without one. */
  readonly session: string
}

/** Who asks. The server says it for every route; a view that nobody asked hears that everything is hidden. */
export const Asking = Context.Reference<Asker>("dashboard/Asking", {
  defaultValue: () => ({ masksOf: (fields) => new Map(fields.map(({ name }) => [name, "hidden"])), session: "" })
})
