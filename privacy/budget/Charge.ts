/** What a release asks of the budget, before it reads any data. */
export interface Charge {
  readonly kind: "release" | "census"
  /** id of the release period, such as `2026-11` */
  readonly period: string
  /** SHA-256 of what is asked; one charge and one answer per plan and period */
  readonly planHash: string
  /** the purpose the data is released for, such as `dpv:MarketResearch` */
  readonly purpose: string
  /** `public`, or the id of the one buyer who receives it */
  readonly buyer: string
  readonly product: string
  /** units of 2^-40 rho */
  readonly rhoUnits: bigint
  /** delta of the key selection, in 0..1; that of the conversion from rho is not charged here */
  readonly delta: number
  /** the calendar month whose rows alone it reads, such as `2026-10`, where the unit is a subject's month; else it touches all */
  readonly month?: string
  /** units that must fit in all, if more is to follow at once (a census before its release); else `rhoUnits` */
  readonly roomUnits?: bigint
  /** the hold that this charge comes out of: what was kept free for it is not counted twice */
  readonly hold?: string
}
