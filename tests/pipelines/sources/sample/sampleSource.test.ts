import { fileURLToPath } from "node:url"
import { NodeServices } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { model } from "#pipelines/assets/core/model.ts"
import { readSourceFile } from "#pipelines/sources/readSourceFile.ts"
import { codeColumns } from "#pipelines/sources/sample/Sampler.ts"
import { sampleOf, usual } from "./sampleOf.ts"

const file = fileURLToPath(new URL("../../../../pipelines/sources/sample/sample.source.yaml", import.meta.url))

describe("sample.source.yaml", () => {
  it.effect("describes every stream that is generated, by fields that it has", () =>
    Effect.gen(function* () {
      const { streams } = yield* Effect.provide(readSourceFile(file), NodeServices.layer)
      assert.deepStrictEqual(
        streams.map(({ stream }) => stream).toSorted(),
        [...Object.keys(codeColumns), "products"].toSorted()
      )
      const staged = yield* sampleOf({ ...usual, subjects: 20 }, (warehouse) =>
        warehouse.query<{ t: string; c: string }>(
          "select table_name as t, column_name as c from duckdb_columns() where schema_name = '_stage'"
        )
      )
      for (const { stream, key, time, subject, categories, fields } of streams) {
        const has = new Set(staged.filter(({ t }) => t === `sample__${stream}`).map(({ c }) => c))
        const named = Object.values(fields ?? {}).map((mapping) =>
          typeof mapping === "string" ? mapping : mapping.from
        )
        const optional = [...(time === undefined ? [] : [time.field]), ...(subject === undefined ? [] : [subject])]
        for (const field of [...(key ?? []), ...optional, ...Object.keys(categories ?? {}), ...named])
          assert.isTrue(has.has(field), `${stream}.${field}`)
        if (stream !== "products") assert.strictEqual(subject, "account_id", stream)
        const unmapped = [...has].filter((c) => fields !== undefined && c !== "account_id" && !named.includes(c))
        assert.deepStrictEqual(unmapped, [], stream)
      }
    })
  )

  it.effect("maps to columns of the canonical model, every required one included", () =>
    Effect.gen(function* () {
      const { streams } = yield* Effect.provide(readSourceFile(file), NodeServices.layer)
      const used = streams.flatMap(({ as }) => (as === undefined ? [] : [as]))
      assert.deepStrictEqual(used.toSorted(), Object.keys(model).toSorted())
      for (const { stream, as, fields } of streams) {
        if (as === undefined) continue
        const columns = model[as].columns.map(({ name }) => name.replace(/_minor$/, ""))
        for (const name of Object.keys(fields ?? {})) assert.include(columns, name, stream)
        for (const { name, required } of model[as].columns) if (required) assert.property(fields, name, stream)
      }
    })
  )

  it.effect("gives texts, keys and our own people no category, so that they stay inside", () =>
    Effect.gen(function* () {
      const { streams } = yield* Effect.provide(readSourceFile(file), NodeServices.layer)
      for (const { categories, key } of streams)
        for (const field of ["text", "agent", "owner", "account_id", "contact_id", ...(key ?? [])])
          assert.notProperty(categories ?? {}, field)
    })
  )
})
