import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { seededBits } from "#core/random/BitSource.ts"
import type { SynthesisRule } from "#core/release/SynthesisRule.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import { identifiersInText } from "../identifier/identifiersInText.ts"
import { measureAnonymity } from "./anonymity/measureAnonymity.ts"
import { runAttacks } from "./attack/runAttacks.ts"
import { assessQuality } from "./quality/assessQuality.ts"
import { declaredBreaks } from "./quality/declaredBreaks.ts"
import type { RiskReport } from "./RiskReport.ts"
import { codeTables } from "./table/codeTables.ts"
import { openTables } from "./table/openTables.ts"
import type { RiskFiles } from "./table/openTables.ts"

export interface RiskOptions {
  /** Draws rows to look at; the same seed on the same files gives the same report. */
  readonly seed: number
  /** the column that models predict */
  readonly target?: string
  /** columns an outsider may know, and one to protect: their k, l and t in the synthetic file */
  readonly quasi?: ReadonlyArray<string>
  readonly sensitive?: string
  /** rules that no synthetic row should break */
  readonly rules?: ReadonlyArray<SynthesisRule>
}

/**
 * Attacks a synthetic file and measures its quality. The warehouse must be one of its own that may read the files.
 *
 * The report holds exact figures of the real file: it is for its steward, nothing of it is charged.
 */
export const assessRisk = Effect.fn("assessRisk")(function* (
  files: RiskFiles,
  { seed, target, quasi, sensitive, rules }: RiskOptions
): Effect.fn.Return<RiskReport, BadInput | WarehouseError, Warehouse> {
  const warehouse = yield* Warehouse
  const opened = yield* openTables(files)
  const names = opened.columns.map(({ name }) => name)
  for (const name of [
    ...(quasi ?? []),
    ...(sensitive === undefined ? [] : [sensitive]),
    ...(target === undefined ? [] : [target])
  ]) {
    if (names.includes(name)) continue
    return yield* new BadInput({
      code: "risk.column",
      message: `The files do not all have a column ${name}.`,
      fix: `Name one of ${names.join(", ")}.`,
      where: { field: name }
    })
  }
  const parts = (["real", "synthetic", "holdout"] as const).filter((part) => opened.rows[part] !== undefined)
  const declared = rules === undefined ? {} : { declared: yield* declaredBreaks(rules, opened.columns, parts) }
  const tables = yield* codeTables(opened)
  if (tables.real.columns.length < 2) {
    return yield* new BadInput({
      code: "risk.columns",
      message: "Fewer than two columns of the files have values that repeat.",
      fix: "Leave out columns that only number the rows, and give the others.",
      where: { file: files.synthetic }
    })
  }
  const attacks = yield* runAttacks(tables, opened, seededBits(`risk ${seed}`))
  const quality = yield* assessQuality(tables, seededBits(`quality ${seed}`), target)
  const identifiers: Array<RiskReport["identifiers"][number]> = []
  for (const { name, kind } of opened.columns) {
    if (kind === "number") continue
    const { sampled, holding } = yield* identifiersInText(warehouse, "core.synthetic", name)
    for (const [found, n] of Object.entries(holding))
      identifiers.push({ column: name, kind: found, holding: n, sampled })
  }
  const anonymity =
    quasi === undefined || sensitive === undefined
      ? {}
      : { anonymity: { ...(yield* measureAnonymity(warehouse, "core.synthetic", quasi, sensitive)), quasi, sensitive } }
  return {
    format: "assay-risk/1",
    seed,
    rows: opened.rows,
    columns: opened.columns,
    left: opened.left,
    attacks,
    quality,
    ...declared,
    identifiers,
    ...anonymity
  }
})
