import { Effect } from "effect"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import type { Noise } from "../../dp/Noise.ts"
import type { Brief } from "./Brief.ts"
import { measure } from "./measure.ts"
import type { Reading } from "./Reading.ts"

/** Readings of all single columns: those paid before, and new ones of the others, each for an equal part of the units. */
export const readColumns = Effect.fnUntraced(function* (
  { source, purse, paid }: Brief,
  units: bigint
): Effect.fn.Return<ReadonlyArray<Reading>, WarehouseError, Noise> {
  const missing = missingColumns(source.sizes, paid)
  const readings = [...paid]
  const floor = purse.left - units
  for (const [i, column] of missing.entries()) {
    const part = (purse.left - floor) / BigInt(missing.length - i)
    readings.push(yield* measure(source, purse, [column], part))
  }
  return readings
})

const missingColumns = (sizes: ReadonlyArray<number>, paid: ReadonlyArray<Reading>): ReadonlyArray<number> =>
  sizes.flatMap((_, column) =>
    paid.some(({ clique, joined }) => !joined && clique.length === 1 && clique[0] === column) ? [] : [column]
  )
