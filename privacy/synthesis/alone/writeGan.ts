import { Effect, FileSystem } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { sha256Hex } from "#core/json/sha256Hex.ts"
import { Unavailable } from "#core/Unavailable.ts"
import type { GanFile } from "../gan/GanFile.ts"
import { ganRows, passingShare } from "../gan/ganRows.ts"
import type { Allowed } from "../gan/ganRows.ts"
import { readGenerator } from "../gan/readGenerator.ts"
import { compileRules } from "../rules/compileRules.ts"
import { matchingCodes } from "../rules/matchingCodes.ts"
import { exportRows } from "./exportRows.ts"
import type { RowsAsked } from "./synthesizeFile.ts"

/** Rarer than this a row is not waited for. */
const LEAST_SHARE = 0.002

/**
 * Writes rows of a trained generator and their manifest: nothing is read but the generator, nothing charged.
 * @param more  what the manifest says beside how the rows were made
 */
export const writeGan = Effect.fn("writeGan")(function* <A extends object>(
  trained: GanFile,
  { rows, seed, fixed, out }: RowsAsked,
  more: A
) {
  const { columns, keys, rules, total } = trained
  const weights = readGenerator(trained)
  if (weights === undefined) {
    return yield* new BadInput({
      code: "synth.weights",
      message: "The layers of the generator do not fit its columns.",
      fix: "Give the .weights.json as it was written; its hash stands in the manifest."
    })
  }
  const { potentials, orders } = yield* compileRules(columns, rules)
  const allowed: Array<Allowed> = []
  for (const [name, condition] of Object.entries(fixed)) {
    const column = columns.findIndex((own) => own.name === name)
    if (column < 0) {
      return yield* new BadInput({
        code: "synth.fix",
        message: `The column ${name} cannot be fixed: no row is made with it.`,
        fix: `Fix one of ${columns.map((own) => own.name).join(", ")}.`
      })
    }
    allowed.push({ column, codes: yield* matchingCodes(columns[column]!, condition) })
  }
  const passing = passingShare(weights, potentials, allowed)
  if (passing < LEAST_SHARE) {
    return yield* new BadInput({
      code: "synth.impossible",
      message: "The network makes hardly any row that the rules and the fixed columns let pass.",
      fix: "Fix fewer columns, or use --algorithm aim, which needs no luck."
    })
  }
  const count = rows ?? Math.round(total)
  const made = { shape: { columns, keys, orders }, rows: ganRows(weights, potentials, allowed) }
  const written = yield* exportRows(made, count, seed, out)
  const manifest = {
    format: "assay-gan/1" as const,
    algorithm: "gan" as const,
    file: { ...written, rows: count, seed, fixed },
    rules,
    passing,
    // Of the file's bytes.
    weights: sha256Hex(`${canonicalJson(trained)}\n`),
    ...more
  }
  const files = yield* FileSystem.FileSystem
  yield* Effect.mapError(
    files.writeFileString(`${out}.manifest.json`, `${canonicalJson(manifest)}\n`),
    () =>
      new Unavailable({
        code: "synth.write",
        message: `${out}.manifest.json could not be written.`,
        fix: "Check the folder after --out."
      })
  )
  return manifest
})
