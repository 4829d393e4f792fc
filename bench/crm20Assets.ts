import type { Asset } from "#pipelines/engine/Asset.ts"

/** The day of the run: the hundredth of the daily partitions. */
export const crm20AsOf = "2026-04-10"

/** The 13th asset in the order of definition, at which a run is made to fail. */
export const crm20Thirteenth = 12

const asset = (key: string, deps: ReadonlyArray<string>, sql: string, more: Partial<Asset> = {}): Asset => ({
  key,
  kind: "full",
  group: key.split(".")[0]!,
  owners: [],
  description: { en: key, zh: key },
  deps,
  sql,
  grain: ["id"],
  checks: [],
  ...more
})

const generated = (rows: number): string =>
  `select i as id, (hash(i * 7) % 1000)::bigint as c0, (hash(i * 11) % 100000)::bigint as c1, (hash(i * 13) % 12)::bigint as c2,
   (hash(i * 17) % greatest(1, ${rows} // 10))::bigint as parent, date '2026-01-01' + (hash(i * 19) % 100)::integer as day,
   md5(i::varchar)::uuid as _event_id from range(${rows}) as r(i)`

/**
 * A CRM of 20 assets over `n` events, exact enough to be made by another engine: every value is DuckDB's `hash(i * k)`, i from 0.
 *
 * raw (4): accounts n/100, contacts n/50, orders n/5, events n rows, at least 10 (`generated`). staging (4): one a raw table, keeps rows with `c0 % 10 <> 3`,
 * doubles `c1`; that of events is incremental by day, 100 days from 2026-01-01. intermediate (5): events and orders grouped by key (count, sum, max), and account_360,
 * a left join of two of them on the account. facts (2): orders with account_360, events with contact_events. marts (4): three group bys on
 * facts and the 1,000 largest sales. export (1): union of three marts.
 *
 * @param traced  whether staged rows carry the id of their event, which is all that record-level lineage asks of these tables
 */
export function crm20(n: number, traced = true): ReadonlyArray<Asset> {
  const sizes = { accounts: n / 100, contacts: n / 50, orders: n / 5, events: n }
  const names = Object.keys(sizes) as ReadonlyArray<keyof typeof sizes>
  const raw = names.map((name) => asset(`raw.${name}`, [], generated(Math.max(10, Math.floor(sizes[name])))))
  const staging = names.map((name) =>
    asset(
      `core.${name}`,
      [`raw.${name}`],
      `select id, c0, c1 * 2 as c1, c2, parent, day${traced ? ", _event_id" : ""} from raw.${name} where c0 % 10 <> 3`,
      name === "events"
        ? { kind: "incremental_by_time_range", partitions: { type: "daily", by: "day", start: "2026-01-01" } }
        : {}
    )
  )
  const grouped = (name: string, from: string, key: string): Asset =>
    asset(
      `feature.${name}`,
      [from],
      `select ${key} as id, count(*) as n, sum(c1)::bigint as s, max(c0) as m from ${from} group by ${key}`
    )
  const mart = (by: string, fact: string, sum: string): Asset =>
    asset(
      `feature.mart_${by}`,
      [`feature.${fact}`],
      `select ${by} as id, count(*) as n, sum(${sum})::bigint as s from feature.${fact} group by ${by}`
    )
  return [
    ...raw,
    ...staging,
    grouped("account_orders", "core.orders", "parent % 1000"),
    grouped("account_events", "core.events", "parent % 1000"),
    grouped("contact_events", "core.events", "parent"),
    grouped("order_events", "core.events", "c1"),
    asset(
      "feature.account_360",
      ["core.accounts", "feature.account_orders", "feature.account_events"],
      `select a.id, a.c2 as region, o.s as spend, e.n as touches from core.accounts a
       left join feature.account_orders o using (id) left join feature.account_events e using (id)`
    ),
    asset(
      "feature.fact_sales",
      ["core.orders", "feature.account_360"],
      `select o.id, o.c1 as amount, o.c2 as month, a.region from core.orders o left join feature.account_360 a on a.id = o.parent`
    ),
    asset(
      "feature.fact_touch",
      ["core.events", "feature.contact_events"],
      `select e.id, e.c0 % 20 as segment, e.c2 as month, c.n from core.events e join feature.contact_events c on c.id = e.parent`
    ),
    mart("region", "fact_sales", "amount"),
    mart("month", "fact_sales", "amount"),
    mart("segment", "fact_touch", "n"),
    asset(
      "feature.mart_top",
      ["feature.fact_sales"],
      "select id, amount from feature.fact_sales order by amount desc, id limit 1000"
    ),
    asset(
      "feature.export",
      ["feature.mart_region", "feature.mart_month", "feature.mart_segment"],
      `select 'region' as mart, * from feature.mart_region union all select 'month', * from feature.mart_month
       union all select 'segment', * from feature.mart_segment`
    )
  ]
}
