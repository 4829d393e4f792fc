import { readFileSync } from "node:fs"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { bindStatement } from "#pipelines/lineage/bindStatement.ts"
import { columnLineage } from "#pipelines/lineage/columnLineage.ts"
import type { ColumnSources } from "#pipelines/lineage/columnLineage.ts"

/** What a hard statement's columns are made from, written by hand; `rows` bears on every column. */
interface Truth {
  readonly title: string
  readonly sql: string
  readonly names?: ReadonlyArray<string>
  readonly columns: Readonly<Record<string, ReadonlyArray<string>>>
  readonly rows: ReadonlyArray<string>
}

const truths = JSON.parse(readFileSync(new URL("columnTruth.json", import.meta.url), "utf8")) as ReadonlyArray<Truth>

const twin = `
  create table core.ev (id bigint, cust varchar, kind varchar, amt bigint, ts timestamp, tags varchar[], info struct(a integer, b varchar));
  create table core.cu (cust varchar, region varchar, since timestamp);
  create table core.pr (code varchar, parent varchar, price bigint);
  create view core.v as select cust, amt * 2 as dbl from core.ev where kind = 'x';
  create macro core.plus(x) as x + 1;
`

const short = (source: string): string => source.replace(/^core\./, "")
const indirect = (ways: ColumnSources["indirect"]): ReadonlyArray<string> =>
  Object.entries(ways).flatMap(([source, how]) => how.map((way) => `${short(source)} ${way}`))

describe("columnLineage", () => {
  for (const { title, sql, names, columns, rows } of truths) {
    it.effect(`is exact on ${title}`, () =>
      Effect.gen(function* () {
        const warehouse = yield* Warehouse
        yield* warehouse.script(twin)
        const described = yield* warehouse.query<{ column_name: string }>(`describe ${sql}`)
        const plan = yield* bindStatement(warehouse, "core.it", sql)
        const found = columnLineage(plan, names ?? described.map((column) => column.column_name))
        const told = Object.fromEntries(
          Object.entries(found.columns).map(([name, sources]) => [
            name,
            [
              ...Object.entries(sources.direct).map(([source, how]) => `${short(source)} ${how}`),
              ...indirect(sources.indirect)
            ]
          ])
        )
        assert.deepStrictEqual({ columns: told, rows: indirect(found.rows) }, { columns, rows })
      }).pipe(Effect.provide(Warehouse.memory))
    )
  }

  it.effect("says which column a statement asks for in vain, before there is any data", () =>
    Effect.gen(function* () {
      const warehouse = yield* Warehouse
      yield* warehouse.script(twin)
      const error = yield* Effect.flip(bindStatement(warehouse, "core.it", "select nope from core.ev"))
      assert.deepInclude(error, { code: "asset.contract", where: { asset: "core.it" } })
      assert.include(error.message, "nope")
    }).pipe(Effect.provide(Warehouse.memory))
  )
})
