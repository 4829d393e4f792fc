import type { Anonymity } from "./anonymity/anonymityOf.ts"
import type { AttackReport } from "./attack/AttackReport.ts"
import type { DeclaredBreaks } from "./quality/declaredBreaks.ts"
import type { QualityReport } from "./quality/QualityReport.ts"
import type { OpenedTables } from "./table/openTables.ts"

/** How good a synthetic file is and what it gives away. It holds names of columns, counts and rates, and never a value. */
export interface RiskReport {
  readonly format: "assay-risk/1"
  readonly seed: number
  readonly rows: OpenedTables["rows"]
  readonly columns: OpenedTables["columns"]
  /** columns that not all files have */
  readonly left: ReadonlyArray<string>
  readonly attacks: AttackReport
  readonly quality: QualityReport
  /** of rules that were declared; those read off the real file stand in `quality` */
  readonly declared?: DeclaredBreaks
  /** of synthetic columns that hold texts: how many of the sampled ones hold which identifier */
  readonly identifiers: ReadonlyArray<{
    readonly column: string
    readonly kind: string
    readonly holding: number
    readonly sampled: number
  }>
  /** of the synthetic file by the quasi-identifiers that were named; no composition bound */
  readonly anonymity?: Anonymity & { readonly quasi: ReadonlyArray<string>; readonly sensitive: string }
}
