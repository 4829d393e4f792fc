/**
 * The generated CRM: equipment sales of a manufacturer, software for small firms and cross-border goods for consumers,
 * two years back from the day before `asOf`. Same seed, day and number of subjects give the same tables.
 *
 * Subjects are 22 % manufacturers, 18 % software customers and 60 % buyers. They are drawn one after the other as rows
 * of integer codes in typed arrays; a block of subjects is appended to temporary code tables, and at the end one SQL
 * statement a stream turns codes into text. Memory is that of one block, whatever the number of subjects.
 * What is wrong in the data on purpose, and how often, stands in `dirt.ts`.
 */
import { INTEGER } from "@duckdb/node-api"
import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { seededBits } from "#core/random/BitSource.ts"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import type { Session } from "#core/warehouse/Session.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import { drawCommerce } from "./drawCommerce.ts"
import { drawEquipment } from "./drawEquipment.ts"
import { drawGrant } from "./drawGrant.ts"
import { drawNames } from "./drawNames.ts"
import { drawSoftware } from "./drawSoftware.ts"
import { codeColumns, samplerOf } from "./Sampler.ts"
import type { CodedStream, Sampler } from "./Sampler.ts"
import { stagingSql, streams } from "./stagingSql.ts"
import type { SampleStream } from "./stagingSql.ts"
import { wordLists } from "./wordLists.ts"

export interface SampleOptions {
  readonly seed: number
  /** Companies and individual buyers together, at least 10. */
  readonly subjects: number
  /** ISO day; everything that has happened lies before it. */
  readonly asOf: string
}

export interface StagedStream {
  readonly stream: SampleStream
  /** A table of text columns in `_stage`. */
  readonly table: string
  readonly rows: number
}

const block = 500

/**
 * Fills `_stage.sample__<stream>` for every stream, in one transaction.
 *
 * @param progress  told the share done in 0..1
 */
export const generateSample = Effect.fn("generateSample")(function* (
  options: SampleOptions,
  progress: (share: number) => void
): Effect.fn.Return<ReadonlyArray<StagedStream>, BadInput | WarehouseError, Warehouse> {
  yield* checked(options)
  const warehouse = yield* Warehouse
  const names = drawNames(options.seed)
  const sampler = samplerOf(seededBits(`sample ${options.seed}`), options.asOf, names)
  const words = wordLists(options.asOf, names)
  return yield* warehouse.transaction((tx) =>
    Effect.gen(function* () {
      yield* tx.script(coded.map(createCodes).join(";\n"))
      for (let done = 0; done < options.subjects; done += block) {
        const to = Math.min(options.subjects, done + block)
        for (let i = done; i < to; i++) drawSubject(sampler, i / options.subjects)
        for (const stream of coded) yield* flush(tx, sampler, stream)
        progress((0.6 * to) / options.subjects)
      }
      const staged: Array<StagedStream> = []
      for (const stream of streams) {
        const { table, sql, params } = stagingSql(stream, words)
        yield* tx.script(`drop table if exists ${quoteIdentifier("_stage", table)}`)
        yield* tx.run(sql, params)
        const [count] = yield* tx.query<{ n: number }>(`select count(*) as n from ${quoteIdentifier("_stage", table)}`)
        staged.push({ stream, table, rows: count!.n })
        progress(0.6 + (0.4 * staged.length) / streams.length)
      }
      yield* tx.script(coded.map((stream) => `drop table ${codes(stream)}`).join(";\n"))
      return staged
    })
  )
})

const coded = Object.keys(codeColumns) as ReadonlyArray<CodedStream>

const codes = (stream: CodedStream): string => quoteIdentifier("temp", `sample_codes_${stream}`)

function createCodes(stream: CodedStream): string {
  const columns = codeColumns[stream].split(" ").map((name) => `${quoteIdentifier(name)} integer`)
  return `create or replace temp table ${quoteIdentifier(`sample_codes_${stream}`)} (${columns.join(", ")})`
}

/** One subject of the business that owns this share of the population. */
function drawSubject(s: Sampler, share: number): void {
  if (share < 0.22) drawEquipment(s)
  else if (share < 0.4) drawSoftware(s)
  else drawCommerce(s)
  drawGrant(s, s.next.accounts - 1)
}

function flush(tx: Session, s: Sampler, stream: CodedStream): Effect.Effect<number, WarehouseError> {
  const table = s.tables[stream]
  return tx.append(
    { schema: "main", name: `sample_codes_${stream}` },
    table.names.map(() => INTEGER),
    table.drain()
  )
}

function checked(options: SampleOptions): Effect.Effect<void, BadInput> {
  const day = Date.parse(`${options.asOf}T00:00:00Z`)
  if (!/^\d{4}-\d{2}-\d{2}$/.test(options.asOf) || Number.isNaN(day))
    return Effect.fail(
      new BadInput({
        code: "sample.as_of",
        message: "The day that the sample is dated back from is no calendar day.",
        fix: "Give a day such as 2026-03-31."
      })
    )
  if (!Number.isInteger(options.subjects) || options.subjects < 10 || options.subjects > 5_000_000)
    return Effect.fail(
      new BadInput({
        code: "sample.subjects",
        message: "The number of subjects must be a whole number from 10 to 5,000,000.",
        fix: "Leave it out for the default of 20,000."
      })
    )
  return Effect.void
}
