import type { ReleaseSpec } from "#core/release/ReleaseSpec.ts"
import type { TableFacts } from "#privacy/dp/aggregate/TableFacts.ts"

/** A small table of orders as an asset would carry them. */
export const ordersTable = `create table core."order" (
  subject_id varchar, _event_id varchar, state varchar, channel varchar, amount_minor bigint, currency varchar,
  weight double, paid boolean, items integer, ordered_at timestamp
)`

export const ordersFacts: TableFacts = {
  asset: "core.order",
  columns: [
    { name: "subject_id", type: "VARCHAR" },
    { name: "_event_id", type: "VARCHAR" },
    { name: "state", type: "VARCHAR" },
    { name: "channel", type: "VARCHAR" },
    { name: "amount_minor", type: "BIGINT" },
    { name: "currency", type: "VARCHAR" },
    { name: "weight", type: "DOUBLE" },
    { name: "paid", type: "BOOLEAN" },
    { name: "items", type: "INTEGER" },
    { name: "ordered_at", type: "TIMESTAMP" }
  ],
  currencies: ["CNY"]
}

/** Orders by state, as in the design, with a declared population. */
export const ordersByState: ReleaseSpec = {
  kind: "dp_aggregate",
  unit: "subject_id",
  by: ["state"],
  keys: { state: "dp" },
  measures: [
    { name: "orders", count: "rows" },
    { name: "spend_minor", sum: "amount_minor", lower: 0, upper: 50_000 }
  ],
  bounds: { groups_per_subject: 1, rows_per_group: 1 },
  population: { subjects: 20_000, groups: { state: 10 } },
  epsilon: 1,
  delta: 1e-6
}
