import type { Effect } from "effect"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import type { Noise } from "../../dp/Noise.ts"
import type { Clique } from "../model/Clique.ts"
import type { Potential } from "../model/Potential.ts"
import type { MarginalSource } from "./MarginalSource.ts"
import type { Purse } from "./Purse.ts"
import type { Reading } from "./Reading.ts"

/** What a mechanism is asked to learn, and with what. */
export interface Brief {
  readonly source: MarginalSource
  readonly purse: Purse
  /** marginals that are to be good, with their weights; whole numbers */
  readonly workload: ReadonlyArray<{ readonly clique: Clique; readonly weight: number }>
  /** over the domain as it is; their columns are never joined */
  readonly rules: ReadonlyArray<Potential>
  /** readings of the same table that an earlier product paid */
  readonly paid: ReadonlyArray<Reading>
  /** the most cells that the model's tree may have */
  readonly modelCells: number
}

/** What a mechanism learned: readings in the order they were made, the paid ones first. */
export interface Learned {
  readonly readings: ReadonlyArray<Reading>
  readonly rounds: number
}

/** Spends a purse on readings of a table. */
export type Mechanism = (brief: Brief) => Effect.Effect<Learned, WarehouseError, Noise>
