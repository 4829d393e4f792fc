import { INTEGER } from "@duckdb/node-api"
import { Effect } from "effect"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import type { Params, Session } from "#core/warehouse/Session.ts"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import type { CodeTable } from "./CodeTable.ts"
import { codeColumns } from "./Sampler.ts"
import type { CodedStream } from "./Sampler.ts"
import { stagingSql } from "./stagingSql.ts"

/** The way of one stream from codes to text. */
export interface Staging {
  readonly stream: CodedStream
  /** Rows spelled out so far. */
  rows(): number
  /** Takes all rows out of the table of codes. */
  append(codes: CodeTable): Effect.Effect<void, WarehouseError>
  /** Spells out what is left and drops what was only needed in between. */
  readonly finish: Effect.Effect<void, WarehouseError>
}

/** Codes that wait to be spelled out: below 100 MB, and a statement over whole row groups costs less than many small ones. */
const waiting = 1_000_000

/** Opens a stream's staging table, replacing one of an earlier sample. */
export const stagingOf = Effect.fnUntraced(function* (
  tx: Session,
  stream: CodedStream,
  words: Params
): Effect.fn.Return<Staging, WarehouseError> {
  const codes = `sample_codes_${stream}`
  const names = codeColumns[stream].split(" ")
  const columns = names.map((name) => `${quoteIdentifier(name)} integer`).join(", ")
  const create = `create or replace temp table ${quoteIdentifier(codes)} (${columns})`
  yield* tx.script(create)
  const { select, params } = stagingSql(stream, words)
  const target = yield* createStage(tx, stream, select, params)
  const types = names.map(() => INTEGER)
  let rows = 0
  let pending = 0
  // One plain projection without a join keeps the order of the codes, however many threads work on it.
  const spellOut = Effect.gen(function* () {
    rows += yield* tx.run(`insert into ${target} ${select}`, params)
    pending = 0
    yield* tx.script(create)
  })
  return {
    stream,
    rows: () => rows,
    append: Effect.fnUntraced(function* (table) {
      pending += yield* tx.append({ schema: "main", name: codes }, types, table.drain())
      if (pending >= waiting) yield* spellOut
    }),
    finish: Effect.andThen(spellOut, tx.script(`drop table ${quoteIdentifier("temp", codes)}`))
  }
})

/** Stages the products, which are a list of their own and have no codes; returns how many. */
export const stageProducts = Effect.fnUntraced(function* (tx: Session, words: Params) {
  const { select, params } = stagingSql("products", words)
  const target = yield* createStage(tx, "products", select, params)
  return yield* tx.run(`insert into ${target} ${select}`, params)
})

/** A staging table is read once and dropped, so its text is kept as it is: compressing cost more than spelling out. */
const createStage = Effect.fnUntraced(function* (tx: Session, stream: string, select: string, params: Params) {
  const target = quoteIdentifier("_stage", `sample__${stream}`)
  // Handing a long list over takes longer than binding the query, whose types one word a list decides.
  const short = Object.entries(params).map(([name, value]) => [name, Array.isArray(value) ? value.slice(0, 1) : value])
  const { values } = yield* tx.columns(`describe ${select}`, Object.fromEntries(short) as Params)
  const columns = values["column_name"]!.map(
    (name) => `${quoteIdentifier(String(name))} varchar using compression uncompressed`
  )
  yield* tx.script(`drop table if exists ${target}; create table ${target} (${columns.join(", ")})`)
  return target
})
