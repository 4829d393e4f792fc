import type { BitSource } from "#core/random/BitSource.ts"
import type { CodedTables } from "../table/codeTables.ts"
import { drawRows } from "../table/drawRows.ts"
import { pickRows } from "../table/pickRows.ts"
import type { Sides } from "./Sides.ts"

/**
 * Draws equally many members and controls.
 *
 * Without a holdout half of the synthetic rows plays the people who were not used and the other half is attacked: rows of one
 * model are as near to each other as honest synthetic rows are to real ones, and copies of real rows are nearer.
 */
export function takeSides({ real, synthetic, holdout }: CodedTables, bits: BitSource): Sides {
  if (holdout !== undefined) {
    const m = Math.min(real.rows, holdout.rows)
    return {
      members: pickRows(real, drawRows(real.rows, m, bits)),
      controls: pickRows(holdout, drawRows(holdout.rows, m, bits)),
      released: synthetic,
      control: "holdout"
    }
  }
  const order = drawRows(synthetic.rows, synthetic.rows, bits)
  const m = Math.min(real.rows, Math.floor(order.length / 2))
  return {
    members: pickRows(real, drawRows(real.rows, m, bits)),
    controls: pickRows(synthetic, order.slice(0, m)),
    released: pickRows(synthetic, order.slice(m)),
    control: "synthetic half"
  }
}
