import type { Contribution } from "./contributionSql.ts"

const SUM_LIMIT = 2n ** 52n
/** Tables that live for one pass, on its connection alone. */
const pairs = "_bounds_pair"
const groups = "_bounds_group"

/**
 * The statements of one bounding pass. Subjects and groups get integer codes; which code is chance and leaves no trace:
 * priorities are made of the salt and of what subject and group are called.
 */
export function passSql({ rows, sample, keys, values }: Contribution, selected: ReadonlyArray<string>) {
  const list = (parts: ReadonlyArray<string>): string => parts.filter((part) => part !== "").join(", ")
  const places = Array.from({ length: values }, (_, v) => v)
  // greatest() passes over nulls, so a sum of no values has to be told apart before it is cut.
  const merge = places.map(
    (v) =>
      `case when sum(v${v}) is null then cast('nan' as double) ` +
      `else cast(least(greatest(sum(v${v}), -${SUM_LIMIT}), ${SUM_LIMIT}) as double) end as v${v}`
  )
  const code = "cast(row_number() over () - 1 as integer)"
  const tuple =
    selected.length === 0 || selected.length === keys.length
      ? ""
      : `cast(dense_rank() over (order by ${selected.join(", ")}) - 1 as integer) as t`
  const source = (merged: boolean): string => (merged ? pairs : rows)
  return {
    /** rows, and pairs of subject and group, among one row in fifty */
    sample: `select coalesce(cast(sum(n) as bigint), 0) as rows, count(*) as pairs from
      (select count(*) as n from ${sample} group by ${list(["s", ...keys])})`,
    pairs: `create or replace temp table ${pairs} as
      select ${list(["s", ...keys, "cast(count(*) as double) as n", ...merge])} from ${rows} group by ${list(["s", ...keys])}`,
    groups: (merged: boolean) => `create or replace temp table ${groups} as
      select ${list([...keys, `${code} as g`, `hash(hash(${list(["$salt", ...keys])})) as h`, tuple])}
      from (select distinct ${keys.join(", ")} from ${source(merged)})`,
    stream: (merged: boolean) => {
      const columns = merged
        ? [...places.map((v) => `v${v}`), "n"]
        : places.map((v) => `coalesce(cast(v${v} as double), cast('nan' as double)) as v${v}`)
      const subjects = `(select s, ${code} as c, hash(hash($salt, s)) as h from (select distinct s from ${source(merged)})) as subject`
      // The engine joins hashes by xor: without the outer ones the salt would cancel out of p, and the choices of two
      // subjects would differ by one xor.
      return keys.length === 0
        ? `select ${list(["c", "cast(0 as integer) as g", "cast(0 as double) as p", ...columns])}
           from ${source(merged)} join ${subjects} using (s) order by c`
        : `select ${list(["c", "g", `cast(hash(xor(subject.h, ${groups}.h)) >> 11 as double) as p`, ...columns])}
           from ${source(merged)} join ${subjects} using (s) join ${groups} using (${keys.join(", ")}) order by c`
    },
    tuples: `select g, t from ${groups}`,
    names: `select g, ${keys.join(", ")} from ${groups} where g in (select unnest(cast($some as integer[])))`,
    drop: `drop table if exists ${pairs}; drop table if exists ${groups}`
  }
}
