import { Effect } from "effect"
import type { Session } from "#core/warehouse/Session.ts"
import type { Change, Interval } from "./duePartitions.ts"
import type { KeyRange, KeyRanges } from "./KeyRange.ts"

/** A database in memory for rows on their way into partitions; one transaction writes to one database only, so nothing is changed in it while rows are published. */
export const passingDatabase = "_passing"

/** Makes the tables of partitions where they are missing. They lie beside the rows, since both change in one transaction. */
export const prepareIntervals = (session: Session) =>
  session.script(`
    attach if not exists ':memory:' as ${passingDatabase};
    create table if not exists _assay.interval (
      asset varchar not null, run varchar not null, code_version varchar not null,
      key_from varchar not null, key_to varchar not null, upto bigint not null, made_at timestamp not null
    );
    create table if not exists _assay.touched (
      seq bigint not null default nextval('_assay.made_seq'),
      asset varchar not null, run varchar not null, key_from varchar not null, key_to varchar not null
    );
  `)

export interface MadeInterval extends Interval {
  readonly asset: string
  readonly run: string
  readonly codeVersion: string
  readonly madeAt: string
}

/** What is known of partitions, by asset. */
export interface Intervals {
  readonly made: ReadonlyMap<string, ReadonlyArray<MadeInterval>>
  /** Partitions of partitioned assets that changed. */
  readonly touched: ReadonlyMap<string, ReadonlyArray<Change>>
  /** When each asset's contents last changed at all. */
  readonly changedAt: ReadonlyMap<string, number>
  /** The newest moment there is. */
  readonly now: number
}

export const noIntervals: Intervals = { made: new Map(), touched: new Map(), changedAt: new Map(), now: 0 }

interface IntervalRow {
  readonly what: "made" | "touched" | "changed" | "now"
  readonly asset: string
  readonly run: string
  readonly code_version: string
  readonly key_from: string
  readonly key_to: string
  readonly seq: number
  readonly made_at: string
}

const moment =
  "greatest((select coalesce(max(seq), 0) from _assay.made), (select coalesce(max(seq), 0) from _assay.touched))"

/** The newest moment there is. */
export const readMoment = (session: Session) =>
  Effect.map(session.query<{ now: number }>(`select ${moment} as now`), ([row]) => row!.now)

/** All of it in one statement: four small ones would cost four times as much. */
export const readIntervals = Effect.fnUntraced(function* (session: Session) {
  const rows = yield* session.query<IntervalRow>(
    `select 'made' as what, asset, run, code_version, key_from, key_to, upto as seq, made_at from _assay.interval
     union all
     select 'touched', asset, run, '', key_from, key_to, seq, null from _assay.touched
     where seq > (select coalesce(min(upto), 0) from _assay.interval)
     union all
     select 'changed', asset, '', '', '', '', max(seq), null from (
       select asset, seq, data_version is distinct from lag(data_version) over (partition by asset order by seq) as moved from _assay.made
     ) where moved group by asset
     union all
     select 'now', '', '', '', '', '', ${moment}, null
     order by what, asset, key_from, seq`
  )
  const of = (name: IntervalRow["what"]): ReadonlyArray<IntervalRow> => rows.filter(({ what }) => what === name)
  const range = ({ key_from, key_to }: IntervalRow): KeyRange => ({ from: key_from, to: key_to })
  const made = of("made").map((row): MadeInterval => ({
    ...range(row),
    asset: row.asset,
    run: row.run,
    codeVersion: row.code_version,
    upto: row.seq,
    madeAt: row.made_at
  }))
  return {
    made: Map.groupBy(made, ({ asset }) => asset),
    touched: new Map(
      [...Map.groupBy(of("touched"), ({ asset }) => asset)].map(([asset, changes]) => [
        asset,
        changes.map((row) => ({ ...range(row), seq: row.seq })).sort((a, b) => a.seq - b.seq)
      ])
    ),
    changedAt: new Map(of("changed").map(({ asset, seq }) => [asset, seq])),
    now: of("now")[0]!.seq
  } satisfies Intervals as Intervals
})

/**
 * Remembers partitions as made. Ranges that a run makes one after the other grow together, and what lies inside of a new one goes, so that there are
 * never more rows than gaps and runs.
 */
export const recordIntervals = Effect.fnUntraced(function* (
  session: Session,
  ranges: KeyRanges,
  facts: Pick<MadeInterval, "asset" | "run" | "codeVersion" | "upto" | "madeAt">
) {
  const { asset, run, codeVersion, upto, madeAt } = facts
  for (const { from, to } of ranges) {
    const gone = yield* session.query<{ key_from: string }>(
      `delete from _assay.interval where asset = $asset and ((key_from >= $from and key_to <= $to)
         or (run = $run and code_version = $codeVersion and upto = $upto and key_to = $from)) returning key_from`,
      { asset, run, codeVersion, upto, from, to }
    )
    const grown = gone.find(({ key_from }) => key_from < from)
    yield* session.run(
      "insert into _assay.interval values ($asset, $run, $codeVersion, $from, $to, $upto, $madeAt::timestamp)",
      { asset, run, codeVersion, from: grown?.key_from ?? from, to, upto, madeAt: madeAt.replace("Z", "") }
    )
  }
})

/** Drops what was made under another definition: its rows are gone. */
export const forgetIntervals = (session: Session, asset: string) =>
  session.run("delete from _assay.interval where asset = $asset", { asset })

export const recordTouched = Effect.fnUntraced(function* (
  session: Session,
  asset: string,
  run: string,
  ranges: Iterable<KeyRange>
) {
  for (const { from, to } of ranges) {
    yield* session.run("insert into _assay.touched (asset, run, key_from, key_to) values ($asset, $run, $from, $to)", {
      asset,
      run,
      from,
      to
    })
  }
})
