/**
 * What does a private release of 10 M rows and 500 k subjects cost beside the plain GROUP BY (count, sum and median by segment), wide
 * (1,000 segments) and narrow (50)? And how many exact draws does a CPU-second give?
 *
 *     node bench/dp.ts [ROWS] [RUNS]
 *
 * Ratios are medians over the runs; plain, release and window form alternate, so that each ratio is of neighbours in time.
 * The release is what the product runs, from the plan to the noisy table, coding and ordering included. To reach: at most 14 times the plain GROUP BY wide and 8 times narrow, sorting included; 1 M Laplace and 0.6 M Gaussian draws.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { Effect, Layer } from "effect"
import { secureBits } from "#core/random/BitSource.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { planAggregate } from "#privacy/dp/aggregate/planAggregate.ts"
import { runAggregate } from "#privacy/dp/aggregate/runAggregate.ts"
import { Noise } from "#privacy/dp/Noise.ts"
import { discreteLaplace } from "#privacy/dp/sampler/discreteLaplace.ts"
import { gaussianSampler } from "#privacy/dp/sampler/gaussianSampler.ts"
import { Rational } from "#privacy/dp/sampler/Rational.ts"

const rows = Number(process.argv[2] ?? 10_000_000)
const runs = Number(process.argv[3] ?? 3)
const subjects = Math.ceil(rows / 20)

function drawsPerSecond(draw: () => number): number {
  for (let i = 0; i < 50_000; i++) draw()
  const begun = process.cpuUsage()
  let drawn = 0
  for (;;) {
    for (let i = 0; i < 50_000; i++) draw()
    drawn += 50_000
    const { user, system } = process.cpuUsage(begun)
    if (user + system > 1e6) return Math.round((drawn / (user + system)) * 1e6)
  }
}

interface Cost {
  readonly wall: number
  readonly cpu: number
  readonly peakMegabytes: number
}

/** The high-water mark of resident memory, set back to what is there now. */
const resetPeak = Effect.sync(() => {
  if (existsSync("/proc/self/clear_refs")) writeFileSync("/proc/self/clear_refs", "5")
})
const peakMegabytes = (): number => {
  const mark = existsSync("/proc/self/status") ? /VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8")) : null
  return Math.round(Number(mark?.[1] ?? process.resourceUsage().maxRSS) / 1024)
}

const measured = <A, E, R>(work: Effect.Effect<A, E, R>) =>
  Effect.gen(function* () {
    yield* resetPeak
    const [begun, used] = [process.hrtime.bigint(), process.cpuUsage()]
    const value = yield* work
    const { user, system } = process.cpuUsage(used)
    const wall = Number(process.hrtime.bigint() - begun) / 1e9
    return { value, cost: { wall, cpu: (user + system) / 1e6, peakMegabytes: peakMegabytes() } satisfies Cost }
  })

const middle = (numbers: ReadonlyArray<number>): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN

const measures = ["orders", "spend", "middle"] as const
type Truth = { readonly segment: string } & Readonly<Record<(typeof measures)[number], number>>

const round = (value: number): number => Number(value.toPrecision(4))

const compare = (segments: number, perSubject: number) =>
  Effect.gen(function* () {
    const warehouse = yield* Warehouse
    yield* warehouse.run(
      `create or replace table core.bench as
       select 'c' || (hash(i) % ${subjects}) as subject_id,
         cast('seg' || ((hash(hash(i) % ${subjects}, hash(i * 7 + 1) % ${perSubject}) % ${segments})) as varchar) as segment,
         cast(hash(i * 13) % 10000 as integer) as amount
       from range(${rows}) t(i)`
    )
    const plan = yield* planAggregate(
      {
        kind: "dp_aggregate",
        unit: "subject_id",
        by: ["segment"],
        keys: { segment: "dp" },
        measures: [
          { name: "orders", count: "rows" },
          { name: "spend", sum: "amount", lower: 0, upper: 20_000 },
          { name: "middle", quantile: 0.5, of: "amount", lower: 0, upper: 20_000 }
        ],
        bounds: { groups_per_subject: 5, rows_per_group: 2 },
        population: { subjects, groups: { segment: segments } },
        epsilon: 1,
        delta: 1e-6
      },
      {
        asset: "core.bench",
        columns: [
          { name: "subject_id", type: "VARCHAR" },
          { name: "segment", type: "VARCHAR" },
          { name: "amount", type: "INTEGER" }
        ]
      }
    )
    const plain = warehouse.columns(
      "select segment, count(*) as orders, sum(amount) as spend, median(amount) as middle from core.bench group by segment"
    )
    const windowed = warehouse.query<Truth>(
      `with pair as (select subject_id, segment, count(*) as n, sum(amount) as v from core.bench group by all),
       cell as (select * from pair qualify row_number() over (partition by subject_id order by random()) <= 5)
       select segment, sum(least(n, 2)) as orders, sum(least(v, 20000)) as spend, median(least(v, 20000)) as middle
       from cell group by segment`
    )
    yield* plain
    const costs: Array<{ readonly plain: Cost; readonly release: Cost; readonly window: Cost }> = []
    const errors: Array<ReadonlyArray<number>> = []
    const kept: Array<number> = []
    for (let run = 0; run < runs; run++) {
      const exact = yield* measured(plain)
      const released = yield* measured(runAggregate(plan, ["core", "bench"]))
      const bounded = yield* measured(windowed)
      costs.push({ plain: exact.cost, release: released.cost, window: bounded.cost })
      kept.push(released.value.rows / exact.value.length)
      // Against what bounding leaves: the window form has the same bounds, another random choice and no noise.
      const truth = new Map(bounded.value.map((row) => [row.segment, row]))
      const [names, ...figures] = released.value.columns
      errors.push(
        measures.map((measure, m) =>
          middle(
            names!.values.map((segment, row) => {
              const own = truth.get(String(segment))?.[measure] ?? 0
              return own === 0 ? 1 : Math.abs(Number(figures[m]!.values[row]) - own) / own
            })
          )
        )
      )
    }
    const ratio = (of: "release" | "window", to: "plain" | "window", what: "wall" | "cpu") =>
      round(middle(costs.map((run) => run[of][what] / run[to][what])))
    return {
      segments,
      rows,
      subjects,
      runs: costs.map((run) =>
        Object.fromEntries(
          Object.entries(run).map(([name, { wall, cpu, peakMegabytes: peak }]) => [
            name,
            `${round(wall)} s wall, ${round(cpu)} s CPU, peak ${peak} MB`
          ])
        )
      ),
      timesPlain: { wall: ratio("release", "plain", "wall"), cpu: ratio("release", "plain", "cpu") },
      timesWindow: { wall: ratio("release", "window", "wall"), cpu: ratio("release", "window", "cpu") },
      windowTimesPlain: { wall: ratio("window", "plain", "wall"), cpu: ratio("window", "plain", "cpu") },
      medianRelativeError: Object.fromEntries(
        measures.map((name, m) => [name, round(middle(errors.map((own) => own[m]!)))])
      ),
      shareOfKeysKept: round(middle(kept))
    }
  })

const bits = secureBits()
const gaussian = gaussianSampler(Rational(10_000n))
const samplers = {
  laplacePerCpuSecond: drawsPerSecond(() => discreteLaplace(bits, Rational(10n))),
  gaussianPerCpuSecond: drawsPerSecond(() => gaussian(bits))
}
const releases = await Effect.runPromise(
  Effect.forEach([compare(1000, 1000), compare(50, 3)], (one) => one).pipe(
    Effect.provide(Layer.mergeAll(Warehouse.memory, Noise.layer))
  )
)
process.stdout.write(`${JSON.stringify({ samplers, releases }, null, 2)}\n`)
