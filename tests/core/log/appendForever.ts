/**
 * Appends and drains without end, until it is killed: `node appendForever.ts HOME`. Tells each acknowledged transaction as
 * `ack FROM TO` and each tree as `tree SIZE ROOT`, on a line of standard output written before anything else happens.
 */
import { writeSync } from "node:fs"
import { join } from "node:path"
import { Effect, Layer } from "effect"
import { NodeServices } from "@effect/platform-node"
import { Home } from "#core/home/Home.ts"
import { Log } from "#core/log/Log.ts"
import { logMigrations } from "#core/log/migrations.ts"
import { Records } from "#core/records/Records.ts"

const home = process.argv[2]!
const layer = Log.layer.pipe(
  Layer.provideMerge(Records.layer(join(home, "records.sqlite"), logMigrations)),
  Layer.provideMerge(Home.layer(home)),
  Layer.provideMerge(NodeServices.layer)
)

await Effect.runPromise(
  Effect.gen(function* () {
    const records = yield* Records
    const log = yield* Log
    const start = yield* log.drain
    writeSync(1, `tree ${start.size} ${start.root}\n`)
    for (let from = start.size, count = 1; ; from += count, count = (count * 7 + 3) % 301) {
      const to = from + count
      yield* records.write((db) => {
        for (let i = from; i < to; i++) log.append(db, { type: "use", operation: `rel_${i}`, commitment: "00" })
      })
      writeSync(1, `ack ${from} ${to}\n`)
      const { size, root } = yield* log.drain
      writeSync(1, `tree ${size} ${root}\n`)
    }
  }).pipe(Effect.provide(layer))
)
