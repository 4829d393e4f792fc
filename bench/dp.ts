/**
 * What does a private release of 10 M rows and 500 k subjects cost beside the plain GROUP BY (count, sum and median by segment), wide
 * (1,000 segments) and narrow (50)? And how many exact draws does a CPU-second give?
 *
 *     node bench/dp.ts [ROWS]
 *
 * To reach: at most 14 times the plain GROUP BY wide and 8 times narrow, sorting included; 1 M Laplace and 0.6 M Gaussian draws.
 */
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

const seconds = <A, E, R>(work: Effect.Effect<A, E, R>) =>
  Effect.gen(function* () {
    const begun = process.hrtime.bigint()
    const value = yield* work
    return { value, seconds: Number(process.hrtime.bigint() - begun) / 1e9 }
  })

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
    const plain = () =>
      seconds(
        warehouse.columns(
          "select segment, count(*) as orders, sum(amount) as spend, median(amount) as middle from core.bench group by segment"
        )
      )
    yield* plain()
    const exact = yield* plain()
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
    const released = yield* seconds(runAggregate(plan, ["core", "bench"]))
    const windowed = yield* seconds(
      warehouse.query(
        `with pair as (select subject_id, segment, count(*) as n, sum(amount) as v from core.bench group by all),
         cell as (select * from pair qualify row_number() over (partition by subject_id order by random()) <= 5)
         select segment, count(*) as subjects, sum(least(n, 2)) as orders, sum(least(v, 20000)) as spend, median(v) as middle
         from cell group by segment`
      )
    )
    // Against what clamping leaves: the window form has the same bounds and no noise.
    const truth = new Map(windowed.value.map((row) => [(row as { segment: string }).segment, row]))
    const { columns } = released.value
    const errors = columns[0]!.values.map((segment, row) => {
      const own = truth.get(String(segment)) as { orders: number } | undefined
      return own === undefined ? 1 : Math.abs(Number(columns[1]!.values[row]) - own.orders) / own.orders
    })
    errors.sort((a, b) => a - b)
    return {
      segments,
      rows,
      subjects,
      plainSeconds: exact.seconds,
      releaseSeconds: released.seconds,
      windowSeconds: windowed.seconds,
      timesPlain: released.seconds / exact.seconds,
      timesWindow: released.seconds / windowed.seconds,
      medianRelativeError: errors[Math.floor(errors.length / 2)] ?? null,
      shareOfKeysKept: released.value.rows / exact.value.length,
      peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024)
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
