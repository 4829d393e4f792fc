import { existsSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { loadSource } from "#pipelines/sources/load/loadSource.ts"
import { readSourceFile } from "#pipelines/sources/readSourceFile.ts"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { house } from "./house.ts"

interface Fact {
  readonly id: string
  readonly value: unknown
  readonly sql: string
}
interface Expected {
  readonly sets: Readonly<Record<string, { readonly facts: ReadonlyArray<Fact> }>>
}

const at = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url))
const answers = at("../shared/data/expected.json")
const absent = "The shared data sets are not beside the repository: their facts were not checked."

/** The short names that the facts use, as views on our raw tables. */
const sets = [
  {
    set: "maven-crm",
    example: "maven-crm",
    views: { mp: "maven__sales_pipeline", ma: "maven__accounts", mpr: "maven__products", mt: "maven__sales_teams" }
  },
  {
    set: "olist-sample3k",
    example: "olist",
    views: {
      o: "olist__orders",
      cu: "olist__customers",
      oi: "olist__order_items",
      op: "olist__order_payments",
      rv: "olist__order_reviews",
      pd: "olist__products",
      sl: "olist__sellers",
      ge: "olist__geolocation"
    }
  },
  { set: "servicenow-incidents", example: "servicenow", views: { inc: "servicenow__incidents" } }
] as const

/** The stored answer and ours in one shape: one row as an object or a bare value, groups as name to count. */
const shaped = (rows: ReadonlyArray<Record<string, unknown>>, value: unknown): unknown => {
  const names = Object.keys(rows[0] ?? {})
  if (typeof value !== "object") return rows[0]![names[0]!]
  const grouped = names.length === 2 && rows.length >= 1 && !Object.hasOwn(value as object, names[0]!)
  return grouped ? Object.fromEntries(rows.map((row) => [String(row[names[0]!]), row[names[1]!]])) : rows[0]
}

describe("the example sources", () => {
  it.effect.each(sets)("load $set to the rows and sums that are known of it", ({ set, example, views }, { task }) =>
    Effect.gen(function* () {
      if (!existsSync(answers)) {
        task.meta.note = absent
        return
      }
      const report = yield* loadSource(yield* readSourceFile(at(`examples/${example}/source.yaml`)))
      assert.isNull(report.problem)
      const warehouse = yield* Warehouse
      for (const [name, table] of Object.entries(views)) {
        yield* warehouse.script(
          `create view ${name} as select * exclude (_event_id, _batch, _ingested_at, _lic, _subj, _file) from raw.${table}`
        )
        const [ids] = yield* warehouse.query<{ doubled: number }>(
          `select count(*) - count(distinct _event_id) as doubled from raw.${table}`
        )
        assert.strictEqual(ids?.doubled, 0, table)
      }
      const { facts } = (JSON.parse(readFileSync(answers, "utf8")) as Expected).sets[set]!
      assert.isAbove(facts.length, 5)
      for (const { id, value, sql } of facts) {
        const found = yield* warehouse.query<Record<string, unknown>>(
          sql.replace("(describe inc)", "(describe from inc)")
        )
        const plain = JSON.parse(JSON.stringify(shaped(found, value))) as unknown
        assert.deepStrictEqual(plain, value, id)
      }
      const again = yield* loadSource(yield* readSourceFile(at(`examples/${example}/source.yaml`)))
      assert.isTrue(again.streams.every((stream) => stream.rowsNew === 0 && stream.batch === null))
    }).pipe(Effect.provide(house))
  )
})
