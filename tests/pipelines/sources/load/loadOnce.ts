import { Home } from "#core/home/Home.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { loadSource } from "#pipelines/sources/load/loadSource.ts"
import { readSourceFile } from "#pipelines/sources/readSourceFile.ts"
import { NodeServices } from "@effect/platform-node"
import { Effect, Layer } from "effect"

// A process of its own for tests that limit or kill it: loads a source file into a home and prints the outcome as JSON.
const [path, file] = process.argv.slice(2) as [string, string]
const warehouse = Layer.unwrap(
  Effect.map(Home, (home) =>
    Warehouse.layer({ path: home.warehouseFile, spill: home.tmp, directories: [home.tmp], memory: "1GB" })
  )
)
const layer = warehouse.pipe(Layer.provideMerge(Home.layer(path)), Layer.provideMerge(NodeServices.layer))
const load = Effect.gen(function* () {
  process.stdout.write("started\n")
  const report = yield* loadSource(yield* readSourceFile(file))
  const { query } = yield* Warehouse
  const [raw] = yield* query<{ n: number; ids: number }>(
    "select count(*) as n, count(distinct _event_id) as ids from raw.shop__rows"
  )
  const [recorded] = yield* query<{ n: number }>("select sum(good_rows)::bigint as n from _assay.loaded_file")
  return { ...raw, recorded: recorded?.n, rowsNew: report.streams[0]?.rowsNew }
})
const outcome = await Effect.runPromise(
  Effect.match(Effect.provide(load, layer), {
    onSuccess: (done) => done,
    onFailure: (error) => ({ error: error._tag, code: "code" in error ? error.code : error.message })
  })
)
process.stdout.write(`${JSON.stringify(outcome)}\n`)
