import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { Effect, Result, Schema } from "effect"
import { afterAll, describe, expect, it } from "vitest"
import { readYamlFile } from "#pipelines/sources/yaml/readYamlFile.ts"

const folder = mkdtempSync(join(tmpdir(), "assay-yaml-"))
afterAll(() => rmSync(folder, { recursive: true }))
const file = join(folder, "a.yaml")

const Price = Schema.Struct({ price: Schema.Number })
const Text = Schema.Struct({
  price: Schema.Union([Schema.Number, Schema.String]),
  note: Schema.optionalKey(Schema.String)
})

const read = <S extends Schema.Codec<unknown, unknown>>(schema: S) =>
  Effect.runPromise(Effect.result(readYamlFile(schema, file)).pipe(Effect.provide(NodeServices.layer)))

/** Writes a text without a trace in size or time. */
const write = (text: string): void => {
  writeFileSync(file, text)
  utimesSync(file, 0, 0)
}

describe("a YAML file that is read again", () => {
  it("says what it says now, though neither its size nor its time has changed", async () => {
    for (const price of [11, 12, 11, 13]) {
      write(`price: ${price}\n`)
      expect(Result.getOrThrow(await read(Price))).toEqual({ price })
    }
  })
  it("is told by the schema that was asked for", async () => {
    write("price: 14\nnote: x\n")
    expect(Result.getOrThrow(await read(Text))).toEqual({ price: 14, note: "x" })
    expect(Result.isFailure(await read(Price))).toBe(true)
    expect(Result.getOrThrow(await read(Text))).toEqual({ price: 14, note: "x" })
  })
  it("is refused each time it is wrong, and read once it is mended", async () => {
    write("price: no\n")
    for (let i = 0; i < 2; i++) expect(Result.isFailure(await read(Price))).toBe(true)
    write("price: 10\n")
    expect(Result.getOrThrow(await read(Price))).toEqual({ price: 10 })
  })
})
