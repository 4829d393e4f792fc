import type { Charge } from "./Charge.ts"

/** Budget that is kept free for a release that was ordered: it becomes a charge when that is made, or is given back. */
export interface Hold extends Pick<Charge, "purpose" | "buyer" | "product" | "rhoUnits" | "delta"> {
  /** what it is held for, such as the id of an order */
  readonly id: string
  /** ISO instant at which it lapses by itself, unless it is made firm before */
  readonly until: string
}
