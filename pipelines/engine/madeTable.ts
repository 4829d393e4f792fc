import { Effect } from "effect"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import { quoteText } from "#core/warehouse/quoteText.ts"
import type { Session } from "#core/warehouse/Session.ts"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import type { Made } from "./staleness.ts"

/** Makes the engine's own tables where they are missing. */
export const prepareMade = (session: Session): Effect.Effect<void, WarehouseError> =>
  session.script(`
    create sequence if not exists _assay.made_seq;
    create table if not exists _assay.made (
      seq bigint not null default nextval('_assay.made_seq'),
      asset varchar not null, run varchar not null, physical varchar not null, code_version varchar not null,
      data_version varchar not null, inputs varchar not null, row_count bigint not null, byte_count bigint not null,
      millis bigint not null, made_at timestamp not null
    );
    create table if not exists _assay.failing (
      asset varchar not null, run varchar not null, check_name varchar not null, event_id uuid
    );
    alter table _assay.made add column if not exists content_sum varchar;
    alter table _assay.failing add column if not exists grain varchar;
    alter table _assay.failing add column if not exists part varchar;
  `)

interface MadeRow {
  asset: string
  run: string
  physical: string
  code_version: string
  data_version: string
  inputs: string
  row_count: number
  byte_count: number
  millis: number
  made_at: string
  content_sum: string | null
}

/** The newest materialization of every asset. */
export const lastMade = (session: Session): Effect.Effect<ReadonlyMap<string, Made>, WarehouseError> =>
  Effect.map(
    session.query<MadeRow>(
      "select * from _assay.made qualify row_number() over (partition by asset order by seq desc) = 1"
    ),
    (rows) => new Map(rows.map((row) => [row.asset, fromRow(row)]))
  )

const fromRow = (row: MadeRow): Made => ({
  asset: row.asset,
  run: row.run,
  physical: row.physical,
  codeVersion: row.code_version,
  dataVersion: row.data_version,
  inputs: JSON.parse(row.inputs) as Record<string, string>,
  rows: row.row_count,
  bytes: row.byte_count,
  millis: row.millis,
  madeAt: row.made_at,
  ...(row.content_sum === null ? {} : { sum: row.content_sum })
})

/** The statement that remembers a materialization: a text, since it goes with others in one trip to the engine. All of it are names and numbers of our own making. */
export const recordMade = (made: Made): string => {
  const { asset, run, physical, codeVersion, dataVersion, inputs, rows, bytes, millis, madeAt, sum } = made
  const texts = [asset, run, physical, codeVersion, dataVersion, JSON.stringify(inputs)].map(quoteText).join(", ")
  const numbers = [rows, bytes, Math.round(millis)].map(BigInt).join(", ")
  return `insert into _assay.made (asset, run, physical, code_version, data_version, inputs, row_count, byte_count, millis, made_at, content_sum)
    values (${texts}, ${numbers}, ${quoteText(madeAt.replace("Z", ""))}::timestamp, ${sum === undefined ? "null" : quoteText(sum)});`
}

/** The two parts of an asset's key, quoted for SQL. */
export const quoteKey = (key: string): string => quoteIdentifier(...key.split(/\.(.*)/s).slice(0, 2))

/** Drops staged tables that no materialization points to: what a killed process left behind. */
export const sweepStage = Effect.fnUntraced(function* (session: Session) {
  const orphans = yield* session.query<{ name: string }>(
    `select table_name as name from duckdb_tables()
     where schema_name = '_stage'
       and '_stage.' || table_name not in (
         select physical from (select physical, row_number() over (partition by asset order by seq desc) as n from _assay.made) where n = 1
       )`
  )
  for (const { name } of orphans) yield* session.run(`drop table if exists ${quoteIdentifier("_stage", name)}`)
  return orphans.length
})
