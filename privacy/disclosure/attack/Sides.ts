import type { CodedTable } from "../table/CodedTable.ts"

/** Who an attack is tried on, and what it may use. Members and controls are equally many. */
export interface Sides {
  /** people whose rows the synthesis used */
  readonly members: CodedTable
  /** people whose rows it did not use */
  readonly controls: CodedTable
  /** what the attacker holds */
  readonly released: CodedTable
  /** where the controls come from; half of the synthetic rows is a makeshift */
  readonly control: "holdout" | "synthetic half"
}
