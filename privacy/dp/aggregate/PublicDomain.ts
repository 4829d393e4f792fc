/** The public values of one key column, in the order of the released table, and how a row finds its place among them. */
export type PublicDomain =
  | { readonly kind: "list"; readonly values: ReadonlyArray<string | number | boolean> }
  | {
      readonly kind: "numbers"
      readonly values: ReadonlyArray<number>
      readonly from: number
      /** half-open bins: value i holds from + i step <= x < from + (i + 1) step */
      readonly step: number
    }
  | {
      readonly kind: "days"
      /** first day of each bin */
      readonly values: ReadonlyArray<string>
      readonly from: string
      /** first day after the last bin */
      readonly end: string
      readonly part: "day" | "month"
      /** parts per bin */
      readonly step: number
    }
