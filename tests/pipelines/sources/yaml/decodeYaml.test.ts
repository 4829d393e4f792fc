import { assert, describe, it } from "@effect/vitest"
import { Effect, Schema } from "effect"
import { decodeYaml } from "#pipelines/sources/yaml/decodeYaml.ts"

const Shape = Schema.Struct({
  source: Schema.String,
  size: Schema.optionalKey(Schema.Number),
  streams: Schema.optionalKey(
    Schema.Array(
      Schema.Struct({
        stream: Schema.String,
        licence: Schema.optionalKey(Schema.Struct({ purposes: Schema.Array(Schema.String) })),
        null: Schema.optionalKey(Schema.Array(Schema.String))
      })
    )
  )
})
const refused = (text: string) => Effect.flip(decodeYaml(Shape, text, "a.yaml"))

describe("decodeYaml", () => {
  it.effect("decodes a file, keeps days as text and takes null as a name of a field", () =>
    Effect.gen(function* () {
      const value = yield* decodeYaml(Shape, 'source: 2028-12-31\nstreams: [{ stream: a, null: ["", "?"] }]', "a.yaml")
      assert.deepStrictEqual(value, { source: "2028-12-31", streams: [{ stream: "a", null: ["", "?"] }] })
    })
  )

  it.effect("refuses a key given twice with the line of the second", () =>
    Effect.gen(function* () {
      const error = yield* refused("source: a\nsize: 1\nsource: b\n")
      assert.strictEqual(error.code, "yaml.duplicate_key")
      assert.deepStrictEqual(error.where, { file: "a.yaml", line: 3, column: 1 })
    })
  )

  it.effect("refuses an unknown field with its place and the field that was meant", () =>
    Effect.gen(function* () {
      const error = yield* refused("source: a\nstreams:\n  - stream: b\n    licence:\n      pruposes: [x]\n")
      assert.strictEqual(error.code, "yaml.unknown_field")
      assert.deepStrictEqual(error.where, {
        file: "a.yaml",
        line: 5,
        column: 7,
        field: "streams.0.licence.pruposes"
      })
      assert.include(error.message, "Did you mean purposes?")
    })
  )

  it.effect("lists the fields that exist where no name is near", () =>
    Effect.gen(function* () {
      const error = yield* refused("source: a\nxyzzyxyzzy: 1\n")
      assert.include(error.message, "source, size, streams")
    })
  )

  it.effect("says what a value should be and where, without quoting the value", () =>
    Effect.gen(function* () {
      const error = yield* refused("source: a\nsize: secret-value\n")
      assert.strictEqual(error.code, "yaml.value")
      assert.deepStrictEqual(error.where, { file: "a.yaml", line: 2, column: 7, field: "size" })
      assert.include(error.message, "number")
      assert.notInclude(JSON.stringify(error), "secret-value")
    })
  )

  it.effect("names a missing field at the place of what lacks it", () =>
    Effect.gen(function* () {
      const error = yield* refused("source: a\nstreams:\n  - null: []\n")
      assert.strictEqual(error.code, "yaml.missing_field")
      assert.strictEqual(error.where?.field, "streams.0.stream")
      assert.strictEqual(error.where?.line, 3)
    })
  )

  it.effect("refuses what does not parse, with the line", () =>
    Effect.gen(function* () {
      const error = yield* refused('source: "a\nsize: [1\n')
      assert.strictEqual(error.code, "yaml.syntax")
      assert.isNumber(error.where?.line)
    })
  )

  it.effect("refuses aliases that unfold to more than a file may hold", () =>
    Effect.gen(function* () {
      const levels = Array.from({ length: 9 }, (_, i) => `k${i + 1}: &k${i + 1} [${`*k${i}, `.repeat(9)}]`)
      const error = yield* refused(`k0: &k0 [x]\n${levels.join("\n")}\nsource: a\n`)
      assert.strictEqual(error.code, "yaml.aliases")
    })
  )

  it.effect.each([
    ["brackets", "[".repeat(200_000)],
    ["dashes", `${"- ".repeat(100_000)}a`],
    ["braces", "{a: ".repeat(100_000)]
  ])("refuses nesting by %s that would exhaust the parser", ([, text]) =>
    Effect.gen(function* () {
      const error = yield* refused(text!)
      assert.strictEqual(error.code, "yaml.depth")
    })
  )

  it.effect("refuses an empty file and a list where fields belong", () =>
    Effect.gen(function* () {
      assert.strictEqual((yield* refused("")).code, "yaml.value")
      assert.strictEqual((yield* refused("- 1\n- 2\n")).code, "yaml.value")
    })
  )

  it.effect("does not let a key reach the prototype of objects", () =>
    Effect.gen(function* () {
      const error = yield* refused("source: a\n__proto__: { polluted: 1 }\n")
      assert.strictEqual(error.code, "yaml.unknown_field")
      assert.isUndefined(({} as { polluted?: number }).polluted)
    })
  )
})
