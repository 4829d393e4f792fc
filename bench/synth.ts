/**
 * How near does synthetic data come to the truth, and what does it cost? One table, algorithm and epsilon a process.
 *
 *     node bench/synth.ts                       all of it, one after the other
 *     node bench/synth.ts census mst 1          48,842 rows x 14 columns of 2 to 100 values, generated, structure known
 *     node bench/synth.ts census aim-oneshot 1  a variant of AIM; also aim-top
 *     node bench/synth.ts servicenow|olist ...  made from ../shared/data, not committed
 *
 * To reach on census: MST 10 s, AIM (1 MB tree) 30 s, 500,000 rows a second, 1 GB. Errors are total variation distances of
 * all pairs and of 210 triples of at most 10,000 cells, between the rows and the table. "TSTR" is the area under the curve
 * of a logistic regression on one-hot codes, trained on the synthetic rows (or on the real ones) of four fifths of the table
 * and tested on the real last fifth.
 */
import { spawnSync } from "node:child_process"
import { fileURLToPath } from "node:url"
import { Effect, Layer } from "effect"
import type { ColumnDomain } from "#core/release/ColumnDomain.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { Noise } from "#privacy/dp/Noise.ts"
import { csvLines } from "#privacy/synthesis/decode/csvLines.ts"
import { learnSynthesis } from "#privacy/synthesis/learnSynthesis.ts"
import { makeSynthesis } from "#privacy/synthesis/makeSynthesis.ts"
import { cellsOf } from "#privacy/synthesis/model/cellsOf.ts"
import type { Clique } from "#privacy/synthesis/model/Clique.ts"
import { planSynthesis } from "#privacy/synthesis/planSynthesis.ts"
import { logisticAuc } from "./logisticAuc.ts"
import { censusSizes, drawTable } from "./synthTables.ts"
import type { CodedTable } from "./synthTables.ts"

const shared = fileURLToPath(new URL("../../shared/data/", import.meta.url))
const ROWS = 48_842

/** SQL of a table made from real files; `target` is a column of two values. */
const real = {
  servicenow: {
    target: "made_sla",
    sql: `select made_sla, contact_type, impact, urgency, priority, knowledge, u_priority_confirmation, notify, category,
            least(cast(reassignment_count as int), 9) as reassigned, least(cast(sys_mod_count as int), 30) as modified,
            case when cast(replace(location, '?', '0') as int) < 100 then location else 'far' end as location,
            closed_code, assignment_group
          from read_csv('${shared}servicenow-incidents/incident_event_log.csv.gz', all_varchar = true)
          qualify row_number() over (partition by number order by cast(sys_mod_count as int) desc) = 1`
  },
  olist: {
    target: "late",
    sql: `select order_delivered_customer_date > order_estimated_delivery_date as late, order_status, customer_state,
            substr(cast(order_purchase_timestamp as varchar), 1, 7) as month, hour(cast(order_purchase_timestamp as timestamp)) as hour,
            isodow(cast(order_purchase_timestamp as timestamp)) as day, least(floor(sqrt(price)), 40) as price,
            least(floor(freight_value / 2), 40) as freight, order_item_id as item, product_category_name as category,
            least(date_diff('day', cast(order_purchase_timestamp as timestamp), cast(order_estimated_delivery_date as timestamp)), 60) // 2 as promised
          from read_csv('${shared}olist-10k/orders.csv') join read_csv('${shared}olist-10k/customers.csv') using (customer_id)
          join read_csv('${shared}olist-10k/order_items.csv') using (order_id)
          left join read_csv('${shared}olist-10k/products.csv') using (product_id)
          where order_delivered_customer_date is not null`
  }
} as const

const readReal = Effect.fnUntraced(function* (name: keyof typeof real) {
  const { values, names, length } = yield* (yield* Warehouse).columns(real[name].sql)
  const columns: Array<Uint16Array> = []
  const sizes = names.map((column, c) => {
    const known = new Map<unknown, number>()
    columns[c] = Uint16Array.from(values[column]!, (value) => {
      if (!known.has(value)) known.set(value, known.size)
      return known.get(value)!
    })
    return known.size
  })
  return { names, sizes, rows: length, columns } satisfies CodedTable as CodedTable
})

function countsOf(
  { sizes, columns }: Pick<CodedTable, "sizes" | "columns">,
  clique: Clique,
  rows: number
): Float64Array {
  const table = new Float64Array(cellsOf(sizes, clique))
  for (let i = 0; i < rows; i++) {
    let cell = 0
    for (const c of clique) cell = cell * sizes[c]! + columns[c]![i]!
    table[cell]!++
  }
  return table
}

function distance(a: CodedTable, b: CodedTable, cliques: ReadonlyArray<Clique>): number {
  const one = (clique: Clique): number => {
    const [x, y] = [countsOf(a, clique, a.rows), countsOf(b, clique, b.rows)]
    return x.reduce((sum, n, j) => sum + Math.abs(n / a.rows - y[j]! / b.rows), 0) / 2
  }
  return cliques.reduce((sum, clique) => sum + one(clique), 0) / Math.max(1, cliques.length)
}

function cliquesOf(sizes: ReadonlyArray<number>, degree: number, most: number): ReadonlyArray<Clique> {
  const all: Array<Clique> = []
  const extend = (clique: Clique): void => {
    if (clique.length === degree) all.push(clique)
    else for (let c = (clique.at(-1) ?? -1) + 1; c < sizes.length; c++) extend([...clique, c])
  }
  extend([])
  const small = all.filter((clique) => degree < 3 || cellsOf(sizes, clique) <= 10_000)
  const step = Math.max(1, Math.floor(small.length / most))
  return small.filter((_, i) => i % step === 0).slice(0, most)
}

const seconds = (from: number): number => Math.round(performance.now() - from) / 1000

const part = (table: CodedTable, rows: number, from = 0): CodedTable => ({
  ...table,
  rows,
  columns: table.columns.map((codes) => codes.subarray(from, from + rows))
})

const measureOne = Effect.fnUntraced(function* (name: string, way: string, epsilon: number) {
  const warehouse = yield* Warehouse
  const generated = name === "census"
  const table = generated ? drawTable("census", censusSizes, ROWS, 0.6) : yield* readReal(name as keyof typeof real)
  const { names, sizes } = table
  const learnFrom = generated ? table.rows : Math.floor(table.rows * 0.8)
  yield* warehouse.run(`create table core.bench (${names.map((column) => `"${column}" integer`).join(", ")})`)
  const chunk = (from: number) =>
    table.columns.map((codes) => [...codes.subarray(from, Math.min(learnFrom, from + 2048))])
  const { INTEGER } = yield* Effect.promise(() => import("@duckdb/node-api"))
  yield* warehouse.append(
    { schema: "core", name: "bench" },
    names.map(() => INTEGER),
    Array.from({ length: Math.ceil(learnFrom / 2048) }, (_, k) => chunk(k * 2048))
  )
  const domain: Record<string, ColumnDomain> = Object.fromEntries(names.map((column, c) => [column, sizes[c]!]))
  const [algorithm, variant] = way.split("-") as ["independent" | "mst" | "aim", ("top" | "oneshot")?]
  const request = {
    algorithm,
    ...(variant === undefined ? {} : { variant }),
    domain,
    rules: [],
    epsilon,
    delta: 1e-9,
    workload: 2,
    rowsPerSubject: 1
  }
  const plan = yield* planSynthesis(request, names)
  const [begun, cpu] = [performance.now(), process.cpuUsage()]
  const { marginals, rounds } = yield* learnSynthesis(plan, { relation: "core.bench", scratch: ["_stage", "bench"] })
  const synthesis = yield* makeSynthesis(marginals)
  const made: Array<Uint16Array> = sizes.map(() => new Uint16Array(learnFrom))
  let rows = 0
  for (const block of synthesis.rows(learnFrom, "1")) {
    block.columns.forEach((codes, c) => made[c]!.set(codes.subarray(0, block.length), rows))
    rows += block.length
  }
  const wall = seconds(begun)
  const used = process.cpuUsage(cpu)
  let from = performance.now()
  let drawn = 0
  for (const { length } of synthesis.rows(1_000_000, "2")) drawn += length
  const perSecond = Math.round(drawn / seconds(from))
  from = performance.now()
  let bytes = 0
  for (const text of csvLines(synthesis.shape, synthesis.rows, 500_000, "2")) bytes += text.length
  const written = Math.round(500_000 / seconds(from))
  const peak = Math.round(process.resourceUsage().maxRSS / 1024)
  const truth = part(table, learnFrom)
  const own: CodedTable = { names, sizes, rows, columns: made }
  const errors = [1, 2, 3].map((degree) => distance(truth, own, cliquesOf(sizes, degree, 210)).toFixed(4))
  const target = generated ? -1 : names.indexOf(real[name as keyof typeof real].target)
  const held = part(table, table.rows - learnFrom, learnFrom)
  const auc =
    target < 0
      ? ""
      : `, TSTR ${logisticAuc(own, held, target).toFixed(4)} (real ${logisticAuc(truth, held, target).toFixed(4)})`
  process.stdout.write(
    `${name} ${way} eps ${epsilon}: ${learnFrom} x ${names.length}, TVD ${errors.join(" / ")}${auc}, ${rounds} rounds, ` +
      `${synthesis.model.tree.cells} cells, ${wall.toFixed(1)} s (CPU ${((used.user + used.system) / 1e6).toFixed(1)} s), ` +
      `${perSecond.toLocaleString("en")} rows/s, ${written.toLocaleString("en")} rows/s as CSV (${Math.round(bytes / 1e6)} MB), ${peak} MB\n`
  )
})

const [, , name, algorithm, epsilon] = process.argv
if (name === undefined) {
  for (const table of ["census", "servicenow", "olist"]) {
    for (const eps of ["0.1", "1", "10"]) {
      for (const way of ["independent", "mst", "aim"]) {
        spawnSync(process.execPath, [fileURLToPath(import.meta.url), table, way, eps], { stdio: "inherit" })
      }
    }
  }
} else {
  const warehouse = Warehouse.layer({ path: ":memory:", spill: "", directories: [shared] })
  const work = measureOne(name, algorithm ?? "aim", Number(epsilon ?? 1))
  await Effect.runPromise(Effect.provide(work, Layer.merge(warehouse, Noise.layer)))
}
