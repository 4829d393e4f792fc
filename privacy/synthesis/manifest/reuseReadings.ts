import { canonicalJson } from "#core/json/canonicalJson.ts"
import type { CodedColumn } from "../encode/CodedColumn.ts"
import type { OpenColumn } from "../encode/planColumns.ts"
import type { Reading } from "../mechanism/Reading.ts"
import type { NoisyMarginals } from "./NoisyMarginals.ts"
import { readingsOf } from "./readingsOf.ts"

/** Columns with what earlier files know of them, and the earlier readings that fit. */
export interface Reused {
  readonly columns: ReadonlyArray<CodedColumn | OpenColumn>
  readonly paid: ReadonlyArray<Reading>
}

/**
 * Takes over what was paid before about the same rows: codes of open columns, and readings over columns that are coded the
 * same way. The first file that knows a column decides.
 *
 * A reading with joined values is taken only with the reading that decided on the joining, and only while no rule needs the values apart.
 * @param ruled  names of the columns that rules speak of
 */
export function reuseReadings(
  columns: ReadonlyArray<CodedColumn | OpenColumn>,
  earlier: ReadonlyArray<NoisyMarginals>,
  ruled: ReadonlySet<string>
): Reused {
  const known = [...columns]
  const paid: Array<Reading> = []
  for (const file of earlier) {
    for (const [place, own] of known.entries()) {
      const theirs = file.columns.find(({ name }) => name === own.name)
      if (theirs !== undefined && "need" in own && fits(own, theirs)) known[place] = theirs
    }
    const placeOf = file.columns.map((theirs) =>
      known.findIndex((own) => !("need" in own) && canonicalJson(own) === canonicalJson(theirs))
    )
    const decided = new Set(paid.flatMap(({ clique }) => (clique.length === 1 ? clique : [])))
    for (const reading of readingsOf(file)) {
      const clique = reading.clique.map((column) => placeOf[column]!)
      const rising = clique.every((column, i) => column > (clique[i - 1] ?? -1))
      if (!rising) continue
      const unfit = (column: number): boolean => decided.has(column) || ruled.has(known[column]!.name)
      if (reading.joined && clique.some(unfit)) continue
      paid.push({ ...reading, clique, rhoUnits: 0n })
    }
  }
  return { columns: known, paid }
}

function fits(open: OpenColumn, { kind, missing }: CodedColumn): boolean {
  return (open.need === "values") === (kind === "labels") && open.missing === (missing !== undefined)
}
