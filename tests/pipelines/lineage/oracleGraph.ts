import type { BitSource } from "#core/random/BitSource.ts"
import { uniformInt } from "#core/random/uniformInt.ts"
import type { Asset } from "#pipelines/engine/Asset.ts"

/** A row as the oracle keeps it: its values and the events that went into it. */
export interface OracleRow {
  readonly k: number
  readonly g: number
  readonly v: number
  readonly src: ReadonlySet<string>
}

interface Made {
  readonly key: string
  readonly rows: ReadonlyArray<OracleRow>
  readonly carries: boolean
}

/** One kind of step, as SQL and as loops over rows: the two share no code. */
type Step = (
  a: Made,
  b: Made,
  c: number,
  /** One whose rows are events, so that a choice among them can be told by their ids where all else is equal. */
  events: Made
) => { sql: string; deps: ReadonlyArray<string>; rows: ReadonlyArray<OracleRow>; carries: boolean }

const both = (...rows: ReadonlyArray<OracleRow>): ReadonlySet<string> => new Set(rows.flatMap(({ src }) => [...src]))
const group = (
  rows: ReadonlyArray<OracleRow>,
  by: (row: OracleRow) => string
): ReadonlyArray<ReadonlyArray<OracleRow>> => [...Map.groupBy(rows, by).values()]
const sum = (rows: ReadonlyArray<OracleRow>): number => rows.reduce((total, { v }) => total + v, 0)
const once = (rows: ReadonlyArray<OracleRow>): ReadonlyArray<OracleRow> =>
  group(rows, ({ k, g, v }) => `${k} ${g} ${v}`).map((same) => ({ ...same[0]!, src: both(...same) }))

/** The rows of `a` as groups of equal ones, each with the rows of `b` that are equal to it as the set operations below see them. */
const matched = (a: Made, b: Made) => {
  const right = b.rows.filter(({ v }) => v > 9).map((row) => ({ ...row, k: row.g % 4, g: row.k, v: 5 }))
  return group(
    a.rows.map((row) => ({ ...row, k: row.k % 4, v: 5 })),
    ({ k, g }) => `${k} ${g}`
  ).map((left) => ({ left, right: right.filter(({ k, g }) => k === left[0]!.k && g === left[0]!.g) }))
}

const newest = (a: OracleRow, b: OracleRow): number => b.v - a.v || ([...a.src][0]! < [...b.src][0]! ? -1 : 1)

const steps: ReadonlyArray<Step> = [
  (a, _b, c) => ({
    sql: `select k, g, v + ${c} as v${a.carries ? ", _event_id" : ""} from ${a.key} where v % 5 <> ${c % 5}`,
    deps: [a.key],
    rows: a.rows.filter(({ v }) => v % 5 !== c % 5).map((row) => ({ ...row, v: row.v + c })),
    carries: a.carries
  }),
  (a) => ({
    sql: `select g as k, g % 3 as g, sum(v)::bigint as v from ${a.key} group by ${a.key}.g`,
    deps: [a.key],
    rows: group(a.rows, ({ g }) => String(g)).map((rows) => ({
      k: rows[0]!.g,
      g: rows[0]!.g % 3,
      v: sum(rows),
      src: both(...rows)
    })),
    carries: false
  }),
  (a, b) => ({
    sql: `select x.k, y.g, x.v + y.v as v from ${a.key} as x join ${b.key} as y on x.k = y.k and x.g <= y.g`,
    deps: [...new Set([a.key, b.key])],
    rows: a.rows.flatMap((x) =>
      b.rows.filter((y) => x.k === y.k && x.g <= y.g).map((y) => ({ k: x.k, g: y.g, v: x.v + y.v, src: both(x, y) }))
    ),
    carries: false
  }),
  (a, b) => ({
    sql: `select k, g, coalesce(n, 0)::bigint as v from ${a.key} left join (select g, count(*) as n from ${b.key} where v > 20 group by g) using (g)`,
    deps: [...new Set([a.key, b.key])],
    rows: a.rows.map((x) => {
      const members = b.rows.filter((y) => y.v > 20 && y.g === x.g)
      return { k: x.k, g: x.g, v: members.length, src: both(x, ...members) }
    }),
    carries: false
  }),
  (a, b) => ({
    sql: `with one as (select k, g, v from ${a.key} where k % 2 = 0) select * from one union all select k, g, v from ${b.key}`,
    deps: [...new Set([a.key, b.key])],
    rows: [...a.rows.filter(({ k }) => k % 2 === 0), ...b.rows],
    carries: false
  }),
  (a, b) => ({
    sql: `select k, g, v from ${a.key} union select g as k, k as g, v from ${b.key}`,
    deps: [...new Set([a.key, b.key])],
    rows: once([...a.rows, ...b.rows.map((row) => ({ ...row, k: row.g, g: row.k }))]),
    carries: false
  }),
  (a, b) => ({
    sql: `select k % 4 as k, g, 5::bigint as v from ${a.key} intersect select g % 4, k, 5 from ${b.key} where v > 9 order by k`,
    deps: [...new Set([a.key, b.key])],
    rows: matched(a, b).flatMap(({ left, right }) =>
      right.length === 0 ? [] : [{ ...left[0]!, src: both(...left, ...right) }]
    ),
    carries: false
  }),
  (a, b) => ({
    sql: `with other as (select g % 4 as k, k as g, 5 as v from ${b.key} where v > 9) select k % 4 as k, g, 5::bigint as v from ${a.key} except from other`,
    deps: [...new Set([a.key, b.key])],
    rows: matched(a, b).flatMap(({ left, right }) => (right.length > 0 ? [] : [{ ...left[0]!, src: both(...left) }])),
    carries: false
  }),
  (a) => ({
    sql: `select distinct k % 4 as k, g, 7::bigint as v from ${a.key}`,
    deps: [a.key],
    rows: once(a.rows.map((row) => ({ ...row, k: row.k % 4, v: 7 }))),
    carries: false
  }),
  (a) => ({
    sql: `select k, max(g) as g, sum(v)::bigint as v from ${a.key} group by all having count(*) > 1`,
    deps: [a.key],
    rows: group(a.rows, ({ k }) => String(k))
      .filter((rows) => rows.length > 1)
      .map((rows) => ({ k: rows[0]!.k, g: Math.max(...rows.map(({ g }) => g)), v: sum(rows), src: both(...rows) })),
    carries: false
  }),
  (a) => ({
    sql: `select a.k, u.g, a.v from ${a.key} as a, unnest([a.g, a.k + 1]) as u (g) where u.g <> 3`,
    deps: [a.key],
    rows: a.rows.flatMap((row) =>
      [row.g, row.k + 1].filter((g) => g !== 3).map((g) => ({ k: row.k, g, v: row.v, src: row.src }))
    ),
    carries: false
  }),
  (_a, _b, c, events) => ({
    sql: `select k, g, v from ${events.key} where v <> ${c} qualify row_number() over (partition by k order by v desc, _event_id) = 1`,
    deps: [events.key],
    rows: group(
      events.rows.filter(({ v }) => v !== c),
      ({ k }) => String(k)
    ).map((rows) => [...rows].sort(newest)[0]!),
    carries: false
  }),
  (_a, _b, _c, events) => ({
    sql: `select distinct on (g) k, g, v + 1 as v from ${events.key} order by g, v desc, _event_id`,
    deps: [events.key],
    rows: group(events.rows, ({ g }) => String(g)).map((rows) => {
      const first = [...rows].sort(newest)[0]!
      return { ...first, v: first.v + 1 }
    }),
    carries: false
  }),
  (a, _b, c, events) => ({
    sql: `select x.k, x.g, y.v from (select * from ${events.key} order by v desc, _event_id limit ${c + 3}) as x join ${a.key} as y using (k)`,
    deps: [...new Set([events.key, a.key])],
    rows: [...events.rows]
      .sort(newest)
      .slice(0, c + 3)
      .flatMap((x) => a.rows.filter(({ k }) => k === x.k).map((y) => ({ k: x.k, g: x.g, v: y.v, src: both(x, y) }))),
    carries: false
  })
]

/** A random graph of two sources and fourteen assets, at most 3,000 rows each, with every row's events by brute force. */
export function oracleGraph(bits: BitSource): {
  readonly assets: ReadonlyArray<Asset>
  readonly raws: ReadonlyMap<string, ReadonlyArray<OracleRow>>
  readonly tables: ReadonlyMap<string, ReadonlyArray<OracleRow>>
} {
  const plain = { group: "test", owners: [], description: { en: "", zh: "" }, grain: ["k", "g", "v"], checks: [] }
  const assets: Array<Asset> = []
  const made: Array<Made> = []
  for (const name of ["raw.a", "raw.b"]) {
    const rows = Array.from({ length: 30 }, () => ({
      k: uniformInt(bits, 8),
      g: uniformInt(bits, 6),
      v: uniformInt(bits, 50),
      src: new Set([uuid(bits)])
    }))
    made.push({ key: name, rows, carries: true })
    assets.push({ ...plain, key: name, kind: "source", deps: [], grain: [] })
  }
  const first = uniformInt(bits, steps.length)
  for (let i = 0; made.length < 16; i++) {
    const pick = (): Made => made[uniformInt(bits, made.length)]!
    const step = steps[(first + i) % steps.length]!
    const { rows, sql, deps, carries } = step(pick(), pick(), uniformInt(bits, 9), made[uniformInt(bits, 2)]!)
    if (rows.length > 3000 || rows.length === 0) continue
    const key = `core.t${made.length}`
    made.push({ key, rows, carries })
    assets.push({ ...plain, key, kind: "full", deps, sql })
  }
  const tables = made.map(({ key, rows }) => [key, rows] as const)
  return { assets, raws: new Map(tables.slice(0, 2)), tables: new Map(tables.slice(2)) }
}

function uuid(bits: BitSource): string {
  const hex = Array.from({ length: 4 }, () => bits.u32().toString(16).padStart(8, "0")).join("")
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-")
}
