import type { ReleaseSpec } from "#core/release/ReleaseSpec.ts"
import type { SyntheticSpec } from "#core/release/SyntheticSpec.ts"
import type { ProductTerms } from "#privacy/consent/Operation.ts"
import type { Bilingual } from "../engine/Asset.ts"

/** What a product file asks of the engine: which table to protect, and how. */
export interface ReleaseDefinition {
  readonly product: string
  readonly title: Bilingual
  readonly owner: string
  /** The declared use; recorded with the privacy loss. */
  readonly purpose: string
  /** The asset to protect, or a statement over assets that becomes `feature.<product>`. */
  readonly from: string | { readonly sql: string }
  /** What goes out; of synthetic rows their outline. */
  readonly spec: ReleaseSpec
  /** Absent: figures, not rows. */
  readonly synthetic?: SyntheticSpec
  /** On what terms it is sold, which the licences of those in it must allow. */
  readonly terms: Pick<ProductTerms, "territory" | "onward">
  /** SHA-256 of the statement, where the product brings its own. */
  readonly statement: string | undefined
  /** The last ISO day of which the table holds records, where that is publicly known. */
  readonly until: string | undefined
  /** How often it is made anew, in days: what decides the length of its period. */
  readonly everyDays: number
}
