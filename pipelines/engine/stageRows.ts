import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Refused } from "#core/Refused.ts"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import type { Params } from "#core/warehouse/Session.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { Asset, AssetCheck } from "./Asset.ts"
import { Capture } from "./Capture.ts"
import { columnsIn, contentsOf } from "./contents.ts"
import type { Column, Contents } from "./contents.ts"
import { evaluateChecks } from "./evaluateChecks.ts"
import type { MakeContext } from "./MakeContext.ts"
import { passingDatabase } from "./partition/intervalTable.ts"
import { rangeInWords } from "./partition/partitionKeys.ts"
import type { KeyRanges } from "./partition/KeyRange.ts"

/** Rows that were made and checked and that no reader sees yet. */
export interface Stage {
  readonly name: string
  /** Quoted for SQL. */
  readonly table: string
  readonly columns: ReadonlyArray<Column>
  readonly contents: Contents
  /** The table has the events of each row in `_src`, which no reader of the asset sees. */
  readonly traced: boolean
  /** It lies in memory and is dropped by whoever publishes its rows. */
  readonly passing: boolean
}

interface StagedStatement {
  readonly sql: string
  readonly params?: Params
  /** The rows only pass through on their way to a table that stands: they lie in memory (spilled when they are many) and are not written to disk twice. */
  readonly passing?: boolean
}

/**
 * The first of the two short transactions: makes rows into a table of their own, holds them against the contract and the checks, and tells what the
 * checks found. When a blocking one fails the table goes, the failing rows stay.
 */
export const stageRows = Effect.fn("stageRows")(function* (
  asset: Asset,
  part: string,
  statement: StagedStatement,
  rules: ReadonlyArray<AssetCheck>,
  context: MakeContext,
  partitions?: KeyRanges
) {
  const warehouse = yield* Warehouse
  const name = `${asset.key.replace(".", "__")}__${context.run}${part}`
  const table =
    statement.passing === true ? quoteIdentifier(passingDatabase, "main", name) : quoteIdentifier("_stage", name)
  const { scan } = context
  const traced = asset.kind === "full" ? yield* (yield* Capture).withEvents(asset, statement.sql) : undefined
  const sql = traced === undefined || scan === undefined ? (traced ?? statement.sql) : yield* scan.guard(traced)
  yield* warehouse.run(`create or replace table ${table} as ${sql}`, statement.params, {
    onProgress: context.onProgress
  })
  if (scan !== undefined) yield* scan.settle(table)
  const columns = (yield* columnsIn(warehouse, table)).filter(({ name }) => traced === undefined || name !== "_src")
  const broken = brokenContract(asset, columns)
  const plain = rules.flatMap((rule) => ("breaks" in rule && rule.of === undefined ? [rule] : []))
  const read = yield* contentsOf(
    warehouse,
    table,
    columns,
    undefined,
    broken === undefined ? plain.map(({ breaks }) => breaks) : []
  )
  const counted = new Map(plain.map((rule, i) => [rule, read.broken[i]!]))
  const checks = broken === undefined ? yield* evaluateChecks(asset, rules, table, context.run, counted) : []
  if (checks.length > 0) {
    yield* context.tell({
      type: "checked",
      asset: asset.key,
      checks,
      ...(partitions === undefined ? {} : { partitions })
    })
  }
  const blocking = checks.filter((check) => !check.passed && check.severity === "block")
  if (broken !== undefined || blocking.length > 0) {
    yield* warehouse.run(`drop table ${table}`)
    return yield* (
      broken ??
        refusal(
          asset,
          blocking.map((check) => `${check.name} fails on ${check.failing} rows`),
          partitions
        )
    )
  }
  return {
    name,
    table,
    columns,
    contents: read.contents,
    traced: traced !== undefined,
    passing: statement.passing === true
  } satisfies Stage as Stage
})

function brokenContract({ key, contract = [] }: Asset, columns: ReadonlyArray<Column>): BadInput | undefined {
  const types = new Map(columns.map(({ name, type }) => [name, type]))
  const wrong = contract
    .filter(({ name, type }) => types.get(name) !== type)
    .map(({ name, type }) => `${name} is ${types.get(name) ?? "missing"} and should be ${type}`)
  if (wrong.length === 0) return undefined
  return new BadInput({
    code: "asset.contract",
    message: `${key} does not keep its contract: ${wrong.slice(0, 8).join(", ")}.`,
    fix: "Change its SQL so that it yields the promised columns, or change the contract with those who read it.",
    where: { asset: key }
  })
}

const refusal = (asset: Asset, broken: ReadonlyArray<string>, partitions: KeyRanges | undefined): Refused =>
  new Refused({
    code: "check.blocking",
    message: `${asset.key} was not published${
      partitions === undefined ? "" : ` for ${partitions.map((range) => rangeInWords(range).en).join(", ")}`
    }: ${broken.join(", ")}.`,
    fix: `Mend the source and run again; what was published before still stands. The failing events are listed by \`assay show ${asset.key}\`.`,
    where: { asset: asset.key }
  })
