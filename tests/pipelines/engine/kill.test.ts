import { spawn } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { seededBits } from "#core/random/BitSource.ts"
import { uniformInt } from "#core/random/uniformInt.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { Engine } from "#pipelines/engine/Engine.ts"
import type { RunEvent } from "#pipelines/engine/RunEvent.ts"
import { Runs } from "#pipelines/engine/Runs.ts"
import { crm20AsOf } from "../../../bench/crm20Assets.ts"
import { crm20Engine } from "../../../bench/crm20Engine.ts"
import { crm20Round } from "./crm20Round.ts"

const kills = process.env["ASSAY_NIGHTLY"] === "1" ? 50 : 10
const mostRounds = kills * 4
const program = fileURLToPath(new URL("./runToDeath.ts", import.meta.url))

interface Death {
  readonly killed: boolean
  /** From when the engine stood to the end. */
  readonly millis: number
  readonly told: ReadonlyArray<RunEvent>
}

/** Runs a round in a process of its own and kills it so long after its engine stands; never without a time. */
function runToDeath(folder: string, round: number, afterMillis?: number): Promise<Death> {
  const env = { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), "assay-compile-cache") }
  const child = spawn(process.execPath, [program, folder, String(round)], { env, stdio: ["ignore", "pipe", "inherit"] })
  const told: Array<RunEvent> = []
  let begun = 0
  let timer: NodeJS.Timeout | undefined
  createInterface({ input: child.stdout }).on("line", (line) => {
    // A line may be cut by the kill.
    if (!line.endsWith("}") && line !== '"ready"') return
    if (line !== '"ready"') return void told.push(JSON.parse(line) as RunEvent)
    begun = performance.now()
    if (afterMillis !== undefined) timer = setTimeout(() => child.kill("SIGKILL"), afterMillis)
  })
  return new Promise((resolve, reject) =>
    child.on("close", (exit) => {
      clearTimeout(timer)
      if (exit !== 0 && exit !== null) return reject(new Error(`a process that was not killed ended with ${exit}`))
      return resolve({ killed: exit === null, millis: performance.now() - begun, told })
    })
  )
}

const sums = Effect.flatMap(Warehouse, (warehouse) =>
  warehouse.query<{ asset: string; sum: string; rows: number; physical: string }>(
    `select asset, content_sum as sum, row_count as rows, physical from _assay.made
     qualify row_number() over (partition by asset order by seq desc) = 1 order by asset`
  )
)

const opened = <A, E>(folder: string, round: number, work: Effect.Effect<A, E, Engine | Runs | Warehouse>) =>
  Effect.runPromise(
    Effect.provide(
      work,
      crm20Engine(folder, () => crm20Round(round))
    )
  )

const keysOf = (events: ReadonlyArray<RunEvent>, type: RunEvent["type"]): ReadonlyArray<string> =>
  events.flatMap((event) => (event.type === type && "asset" in event ? [event.asset] : [])).sort()

describe("an engine killed at any moment of a run of 20 assets", () => {
  it(`makes no finished asset again, loses no event and leaves no half-made table (${kills} kills that hit)`, async () => {
    const folder = mkdtempSync(join(tmpdir(), "assay-killed-"))
    const bits = seededBits("engine kill")
    const [victim, calm] = [join(folder, "victim"), join(folder, "calm")]
    let usual = (await runToDeath(victim, 0)).millis
    let hits = 0
    const finishedBefore = new Set<number>()
    for (let round = 1; hits < kills && round <= mostRounds; round++) {
      const death = await runToDeath(victim, round, uniformInt(bits, Math.ceil(usual)))
      if (!death.killed) {
        usual = (usual + death.millis) / 2
        continue
      }
      const events: Array<RunEvent> = []
      const after = Effect.gen(function* () {
        const engine = yield* Engine
        const runs = yield* Runs
        const [died] = yield* runs.recent
        const options = { asOf: crm20AsOf, onEvent: (event: RunEvent) => void events.push(event) }
        const resumed = yield* engine.resume(undefined, options)
        const whole = resumed === undefined ? yield* engine.run({ selection: "", ...options }) : resumed
        const warehouse = yield* Warehouse
        const staged = yield* warehouse.query<{ name: string }>(
          "select '_stage.' || table_name as name from duckdb_tables() where schema_name = '_stage' order by name"
        )
        const rows = yield* Effect.forEach(crm20Round(round), ({ key }) =>
          warehouse.query<{ key: string; rows: number }>(`select '${key}' as key, count(*) as rows from ${key}`)
        )
        return {
          died: yield* runs.events(died!.id),
          resumed: resumed !== undefined,
          stored: yield* runs.events(whole.run),
          sums: yield* sums,
          staged: staged.map(({ name }) => name),
          rows: rows.flat()
        }
      })
      const found = await opened(victim, round, after)
      const undisturbed = Effect.gen(function* () {
        yield* (yield* Engine).run({ selection: "", asOf: crm20AsOf, onEvent: () => undefined })
        return yield* sums
      })
      const expected = await opened(calm, round, undisturbed)

      const contents = ({ sums: made }: { sums: typeof expected }) =>
        made.map(({ asset, sum, rows }) => [asset, sum, rows])
      assert.deepStrictEqual(contents(found), contents({ sums: expected }), `round ${round}: other contents`)
      assert.deepStrictEqual(
        found.staged,
        found.sums.map(({ physical }) => physical).sort(),
        "a table that nobody knows"
      )
      for (const { key, rows } of found.rows) {
        assert.strictEqual(
          rows,
          expected.find(({ asset }) => asset === key)!.rows,
          `round ${round}: ${key} is half-made`
        )
      }
      // A kill before the run began, or after it ended, hit nothing.
      if (!found.resumed) continue
      hits++
      const [first, second] = [keysOf(found.died, "materialized"), keysOf(found.stored, "materialized")]
      finishedBefore.add(first.length)
      assert.deepStrictEqual(
        [...first, ...second].sort(),
        crm20Round(0)
          .map(({ key }) => key)
          .sort(),
        "made twice or never"
      )
      assert.deepStrictEqual(keysOf(found.stored, "started"), second, "a finished asset was begun again")
      assert.strictEqual(found.died.at(-1)?.type, "finished")
      assert.strictEqual(found.died[0]?.type, "planned")
      for (const event of death.told) {
        if (event.type === "progress") continue
        const bare = event.type === "materialized" ? { type: event.type, asset: event.asset, rows: event.rows } : event
        assert.isTrue(
          found.died.some((kept) =>
            Object.entries(bare).every(
              ([name, value]) => JSON.stringify(kept[name as keyof RunEvent]) === JSON.stringify(value)
            )
          ),
          `round ${round}: ${JSON.stringify(event)} was told and is not in the stream`
        )
      }
      const checked = [...keysOf(found.died, "checked"), ...keysOf(found.stored, "checked")]
      assert.deepStrictEqual([...new Set(checked)], ["core.accounts", "core.contacts", "core.events", "core.orders"])
    }
    rmSync(folder, { recursive: true })
    assert.strictEqual(hits, kills)
    assert.isAbove(finishedBefore.size, 2, "the kills came at different moments")
  }, 600_000)
})
