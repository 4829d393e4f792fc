import { Home } from "#core/home/Home.ts"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import { quoteText } from "#core/warehouse/quoteText.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { Context, Effect, Layer } from "effect"
import { fileProblem } from "../files/fileProblem.ts"
import type { FileRef } from "../files/FileRef.ts"
import { readHead } from "../files/readHead.ts"
import type { ScanFacts } from "../files/ScanFacts.ts"
import { engineProblem } from "../load/engineProblem.ts"
import type { FilePlan } from "../load/FilePlan.ts"
import { handOver } from "../load/handOver.ts"
import { planFile } from "../load/planFile.ts"
import { columnFindings } from "./columnFindings.ts"
import { guessEncoding } from "./guessEncoding.ts"
import type { StreamFindings } from "./Inspection.ts"
import { keyFindings } from "./keyFindings.ts"

/** Reads one file whole, as a load would, and counts what is in it. */
export const inspectFile = Effect.fn("inspectFile")(function* (file: FileRef, stream: string) {
  const home = yield* Home
  const head = yield* Effect.tryPromise({
    try: (signal) => readHead(file, signal),
    catch: (cause) => fileProblem(file.name, cause)
  })
  const encoding = guessEncoding(head.bytes)
  const spec = { stream, path: file.name, options: { encoding } }
  return yield* Effect.scoped(
    Effect.gen(function* () {
      const plan = yield* planFile(file, spec)
      const handed = yield* handOver(home, spec, [plan], 1)
      const found = handed.files[0]!
      const engine = yield* Layer.build(Warehouse.layer({ path: ":memory:", spill: "", directories: [home.tmp] }))
      const session = Context.get(engine, Warehouse)
      const relation = `read_parquet(${quoteText(found.parquet)})`
      const counted = Effect.gen(function* () {
        const names = found.columns.map(({ name }) => quoteIdentifier(name))
        const [counted] = yield* session.query<{ present: ReadonlyArray<number> }>(
          `select [${names.map((name) => `count(${name})::integer`).join(", ")}] as present from ${relation}`
        )
        const columns = yield* Effect.forEach(found.columns, ({ name }, i) =>
          columnFindings(session, relation, name, { rows: found.goodRows, present: counted!.present[i]! })
        )
        const keys = yield* keyFindings(session, relation, found.goodRows, columns)
        const [doubled] = yield* session.query<{ n: number }>(
          `select coalesce(sum(n - 1), 0)::bigint as n from (select count(*) as n from ${relation} group by ${names.join(", ")})`
        )
        return { columns, ...keys, duplicateRows: doubled!.n }
      })
      const counts = yield* Effect.mapError(counted, (error) => engineProblem(file.name, error))
      return {
        stream,
        file: file.name,
        format: plan.format,
        gzip: plan.gzip,
        encoding,
        ...textFindings(plan, found.facts),
        rows: found.goodRows,
        badRows: found.badRows,
        multilineRows: found.facts.multilineRows,
        doubledHeaders: doubledHeaders(plan),
        ...counts
      } satisfies StreamFindings as StreamFindings
    })
  )
})

function textFindings(plan: FilePlan, facts: ScanFacts): Partial<StreamFindings> {
  if (plan.text === undefined) return {}
  const { dialect, header } = plan.text
  const mixed = facts.lfLines > 0 && facts.crlfLines > 0
  const lineEnds = dialect.newline === 13 ? "cr" : mixed ? "mixed" : facts.crlfLines > 0 ? "crlf" : "lf"
  return { delimiter: String.fromCharCode(dialect.delimiter), header, lineEnds }
}

function doubledHeaders(plan: FilePlan): ReadonlyArray<string> {
  const names = (plan.text?.columns ?? []).map(({ original }) => original.trim().toLowerCase())
  return [...new Set(names.filter((name, i) => name !== "" && names.indexOf(name) !== i))]
}
