import type { Evidence } from "../evidence/Evidence.ts"

/** A text in both languages of the house. */
export interface Label {
  readonly zh: string
  readonly en: string
}

/** One number of a price: computed from its children by `formula`, or measured, then with its evidence. */
export interface Explanation {
  /** Dotted from the root: `price.formula.depth.bits`. */
  readonly id: string
  readonly label: Label
  readonly value: number
  /** `minor` is the minor unit of the quote's currency, `ratio` has none. */
  readonly unit: string
  /** In the names that the children's ids end with. */
  readonly formula?: string
  readonly evidence?: Evidence
  readonly children?: ReadonlyArray<Explanation>
}
