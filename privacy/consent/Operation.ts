/** What may be done with a record; a closed list whose order is the bit number. @source consent.md, "Licences" */
export const actions = ["collect", "store", "derive", "aggregate", "train", "display", "share", "sell"] as const
export type Action = (typeof actions)[number]

/** How sure it is that the subject agreed. 1: asserted by the controller · 2: an authenticated click on a notice · 3: signed by a passkey */
export type Evidence = 1 | 2 | 3

/** What a product promises of itself, and what it costs those in it. */
export interface ProductTerms {
  /** Where it may be used; `*` for everywhere. */
  readonly territory: ReadonlyArray<string>
  /** Whether its buyers may pass it on. */
  readonly onward: boolean
  /** The smallest group that can appear in it; 1 for rows. */
  readonly k: number
  /** Its privacy loss, in millionths of epsilon; left out where nothing bounds it, as of rows. */
  readonly epsilon?: number
}

/** What is asked of the decision point, once for a whole plan. */
export interface Operation {
  /** What is done with the rows, now and next: a licence must allow every one. */
  readonly actions: ReadonlyArray<Action>
  /**
   * A purpose of the registry. `any` is for work inside the house whose products are not known yet: a licence must name some purpose, and
   * the purpose itself is asked again when a product reads the rows.
   */
  readonly purpose: string
  /** Who gets the result: `internal`, a class such as `third-party`, or a named party such as `party:acme-repair`. */
  readonly recipient: string
  /** Every category that the plan reads; a licence must cover all. */
  readonly categories: ReadonlyArray<string>
  readonly evidence: Evidence
  /** Of what leaves the house; left out for work inside, which the limits of a licence are not about. */
  readonly terms?: ProductTerms
  /** Second since 1970 at which the licences must be in force. */
  readonly asOf: number
  /** The licences must also stay in force up to this second; left out, only at `asOf`. */
  readonly until?: number
}

/** Why a record may not be used, in the order in which it is asked; `frozen` is asked last. */
export const denials = ["no licence", "expired", "purpose", "recipient", "category", "evidence", "frozen"] as const
export type Denial = (typeof denials)[number]
