import type { Effect } from "effect"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import type { Clique } from "../model/Clique.ts"

/** The exact marginals of a coded table. Private: nothing of them is stored, shown or logged before noise. */
export interface MarginalSource {
  readonly sizes: ReadonlyArray<number>
  /** The most rows that one unit of privacy may have in the table. */
  readonly cap: number
  /** Rows per cell of a clique, row-major. */
  counts(clique: Clique): Effect.Effect<Float64Array, WarehouseError>
}
