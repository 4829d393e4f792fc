import { Effect } from "effect"
import type { Session } from "#core/warehouse/Session.ts"
import type { Change, Interval } from "./duePartitions.ts"
import type { KeyRange, KeyRanges } from "./KeyRange.ts"

/** Makes the tables of partitions where they are missing. They lie beside the rows, since both change in one transaction. */
export const prepareIntervals = (session: Session) =>
  session.script(`
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

export const readIntervals = Effect.fnUntraced(function* (session: Session) {
  const made = yield* session.query<MadeInterval>(
    `select asset, run, code_version as "codeVersion", key_from as "from", key_to as "to", upto, made_at as "madeAt"
     from _assay.interval order by asset, key_from`
  )
  const touched = yield* session.query<Change & { asset: string }>(
    `select asset, seq, key_from as "from", key_to as "to" from _assay.touched
     where seq > (select coalesce(min(upto), 0) from _assay.interval) order by seq`
  )
  const changed = yield* session.query<{ asset: string; seq: number }>(
    `select asset, max(seq) as seq from (
       select asset, seq, data_version is distinct from lag(data_version) over (partition by asset order by seq) as moved from _assay.made
     ) where moved group by asset`
  )
  const [last] = yield* session.query<{ now: number }>(
    `select greatest((select coalesce(max(seq), 0) from _assay.made), (select coalesce(max(seq), 0) from _assay.touched)) as now`
  )
  return {
    made: Map.groupBy(made, ({ asset }) => asset),
    touched: Map.groupBy(touched, ({ asset }) => asset),
    changedAt: new Map(changed.map(({ asset, seq }) => [asset, seq])),
    now: last!.now
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
    yield* session.run("delete from _assay.interval where asset = $asset and key_from >= $from and key_to <= $to", {
      asset,
      from,
      to
    })
    const grown = yield* session.run(
      `update _assay.interval set key_to = $to, made_at = $madeAt::timestamp
       where asset = $asset and run = $run and code_version = $codeVersion and upto = $upto and key_to = $from`,
      { asset, run, codeVersion, upto, from, to, madeAt: madeAt.replace("Z", "") }
    )
    if (grown > 0) continue
    yield* session.run(
      "insert into _assay.interval values ($asset, $run, $codeVersion, $from, $to, $upto, $madeAt::timestamp)",
      { asset, run, codeVersion, from, to, upto, madeAt: madeAt.replace("Z", "") }
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
