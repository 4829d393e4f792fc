import type { Contribution } from "./contributionSql.ts"
import type { PassLayout } from "./passLayout.ts"

const SUM_LIMIT = 2n ** 52n
/** Tables that live for one pass, on its connection alone. */
const pairs = "_bounds_pair"
const groups = "_bounds_group"

/**
 * The statements of one bounding pass. Subjects and groups go by keys of 64 bits, the engine's hash of what they are called. Two of them may
 * have one key, and somebody who picks names can bring that about; then another attempt takes keys with the salt in them, which nobody can.
 *
 * @param attempt  from 0; from 1 on statements have the parameter `salt`
 */
export function passSql(
  { rows, sample, keys, values }: Contribution,
  selected: ReadonlyArray<string>,
  attempt: number
) {
  const list = (parts: ReadonlyArray<string>): string => parts.filter((part) => part !== "").join(", ")
  const places = Array.from({ length: values }, (_, v) => v)
  // greatest() passes over nulls, so a sum of no values has to be told apart before it is cut.
  const merge = places.map(
    (v) =>
      `case when sum(v${v}) is null then cast('nan' as double) ` +
      `else cast(least(greatest(sum(v${v}), -${SUM_LIMIT}), ${SUM_LIMIT}) as double) end as v${v}`
  )
  const keyOf = (names: ReadonlyArray<string>): string => {
    if (names.length === 0) return "cast(0 as ubigint)"
    if (attempt === 0) return `hash(${names.join(", ")})`
    return `hash(${names.map((name) => `sha256(concat($salt, ' ${attempt} ', ${name}))`).join(", ")})`
  }
  const tuple =
    selected.length === 0 || selected.length === keys.length
      ? ""
      : `cast(dense_rank() over (order by ${selected.join(", ")}) - 1 as integer) as t`
  const by = keys.length === 0 ? "" : `group by ${keys.join(", ")}`
  const source = (merged: boolean): string => (merged ? pairs : rows)
  return {
    /** rows, and pairs of subject and group, among one row in fifty */
    sample: `select coalesce(cast(sum(n) as bigint), 0) as rows, count(*) as pairs from
      (select count(*) as n from ${sample} group by ${list(["s", ...keys])})`,
    pairs: `create or replace temp table ${pairs} as
      select ${list(["s", ...keys, "cast(least(count(*), 2147483647) as double) as n", ...merge])} from ${rows} group by ${list(["s", ...keys])}`,
    /** a group's code, key and number of rows; which code is chance and leaves no trace */
    groups: (merged: boolean) => `create or replace temp table ${groups} as
      select ${list([...keys, "cast(row_number() over () - 1 as integer) as g", `${keyOf(keys)} as id`, "n", tuple])}
      from (select ${list([...keys, "cast(count(*) as double) as n"])} from ${source(merged)} ${by})`,
    read: `select ${list(["id", "n", tuple === "" ? "" : "t"])} from ${groups} order by g`,
    /** subject, group, values and, where rows were merged, their number */
    stream: (merged: boolean, { ordered, bits }: PassLayout) => {
      const columns = merged
        ? [...places.map((v) => `v${v}`), "n"]
        : places.map((v) => `coalesce(cast(v${v} as double), cast('nan' as double)) as v${v}`)
      const order = ordered ? ` order by ${keyOf(["s"])} >> ${64 - bits}` : ""
      return `select ${list([`${keyOf(["s"])} as s`, `${keyOf(keys)} as g`, ...columns])} from ${source(merged)}${order}`
    },
    subjects: (merged: boolean) => `select count(*) as n from (select distinct s from ${source(merged)})`,
    names: `select g, ${keys.join(", ")} from ${groups} where g in (select unnest(cast($some as integer[])))`,
    drop: `drop table if exists ${pairs}; drop table if exists ${groups}`
  }
}
