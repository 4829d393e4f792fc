import { Effect } from "effect"
import type { Session } from "#core/warehouse/Session.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { AggregatePlan, AggregateShape, MeasureNoise, PlannedMeasure } from "../aggregate/AggregatePlan.ts"
import { contributionSql } from "../bounds/contributionSql.ts"
import { Rational } from "../sampler/Rational.ts"
import { canBeTooBusy } from "./busyTuples.ts"
import type { Pipeline } from "./Pipeline.ts"
import { pipelineOf } from "./pipelineOf.ts"

/** A mistake that has been made elsewhere, put into a pipeline on purpose. */
export interface SeededBug {
  readonly name: string
  /** the pipeline with the bug; undefined where the plan has nothing it could touch */
  plant(plan: AggregatePlan): Pipeline | undefined
}

/** Totals are made by another shape than the declared one. */
const otherShape = (plan: AggregatePlan, change: Partial<AggregateShape>): Pipeline =>
  pipelineOf(plan, { ...plan.shape, ...change })

const changeMeasures = (
  plan: AggregatePlan,
  fits: (measure: PlannedMeasure) => boolean,
  change: (measure: PlannedMeasure) => Partial<PlannedMeasure>
): Pipeline | undefined =>
  plan.shape.measures.some(fits)
    ? otherShape(plan, {
        measures: plan.shape.measures.map((own) => (fits(own) ? { ...own, ...change(own) } : own))
      })
    : undefined

/** The engine is given other statements than those that were written. */
const otherSql = (
  plan: AggregatePlan,
  rewrite: (sql: string) => string,
  applies: (shape: AggregateShape) => boolean,
  shape: AggregateShape = plan.shape
): Pipeline | undefined =>
  applies(plan.shape)
    ? {
        plan,
        inputs: (relation, salt) =>
          Effect.flatMap(Warehouse, (warehouse) => {
            const given = (sql: string, params: Params) => {
              const wrong = rewrite(sql)
              const used = Object.entries(params ?? {}).filter(([name]) => wrong.includes(`$${name}`))
              return [wrong, Object.fromEntries(used)] as const
            }
            const misled = (session: Session): Session => ({
              ...session,
              columns: (sql, params) => session.columns(...given(sql, params)),
              query: <A extends object>(sql: string, params?: Params) => session.query<A>(...given(sql, params)),
              run: (sql, params) => session.run(...given(sql, params)),
              stream: (sql, params, see) => session.stream(...given(sql, params), see)
            })
            return Effect.provideService(pipelineOf(plan, shape).inputs(relation, salt), Warehouse, {
              ...misled(warehouse),
              transaction: (body) => warehouse.transaction((session) => body(misled(session)))
            })
          })
      }
    : undefined

const otherNoise = (plan: AggregatePlan, change: Partial<AggregatePlan["noise"]>): Pipeline =>
  pipelineOf({ ...plan, noise: { ...plan.noise, ...change } })

type Params = Parameters<Warehouse["Service"]["columns"]>[1]

/** Noise of some measures is other than it should be. */
const otherMeasureNoise = (
  plan: AggregatePlan,
  change: (own: MeasureNoise) => Partial<MeasureNoise> | undefined
): Pipeline | undefined => {
  const changed = plan.noise.measures.map(change)
  return changed.every((own) => own === undefined)
    ? undefined
    : otherNoise(plan, { measures: plan.noise.measures.map((own, i) => ({ ...own, ...changed[i] })) })
}

const doubled = ({ num, den }: Rational): Rational => Rational(num * 2n, den)
const scaled = ({ num, den }: Rational, by: bigint): Rational => Rational(num, den * by)
const isSum = ({ kind, statistic }: PlannedMeasure): boolean => kind === "sum" && statistic === undefined
const selecting = ({ keys }: AggregateShape): boolean => keys.some(({ domain }) => domain === undefined)

/**
 * Mistakes that an audit must catch, each in a pipeline that is otherwise right; what is caught shows that the audit of
 * this very plan could have seen it.
 */
export const seededBugs: ReadonlyArray<SeededBug> = [
  {
    name: "sums are not clamped above",
    plant: (plan) => changeMeasures(plan, isSum, ({ upper }) => ({ upper: upper * 1000 + 1_000_000 }))
  },
  {
    name: "sums are not clamped below",
    plant: (plan) => changeMeasures(plan, isSum, ({ lower, linf }) => ({ lower: -Math.abs(lower) - 1000 * linf }))
  },
  {
    name: "rows per subject and group are not bounded",
    plant: (plan) =>
      changeMeasures(
        plan,
        ({ kind }) => kind === "rows",
        () => ({ upper: 1_000_000 })
      )
  },
  {
    name: "rows per group are bounded one too high",
    plant: (plan) =>
      changeMeasures(
        plan,
        ({ kind }) => kind === "rows",
        ({ upper }) => ({ upper: upper + 1 })
      )
  },
  {
    name: "groups per subject are bounded one too high",
    plant: (plan) => (canBeTooBusy(plan.shape) ? otherShape(plan, { l0: plan.shape.l0 + 1 }) : undefined)
  },
  {
    name: "groups per subject are not bounded",
    plant: (plan) => (canBeTooBusy(plan.shape) ? otherShape(plan, { l0: 1_000_000 }) : undefined)
  },
  {
    name: "values are clamped row by row and then added up",
    plant: (plan) => {
      const { valueOf } = contributionSql(plan.shape, ["any"])
      const wide = { lower: -(2 ** 40), upper: 2 ** 40 }
      return otherSql(
        plan,
        (sql) =>
          sql.replace(/ then (cast\(.+?\)) end as v(\d+)/g, (whole, value: string, place: string) => {
            const own = plan.shape.measures.find((measure, i) => isSum(measure) && valueOf[i] === Number(place))
            if (own === undefined) return whole
            return ` then cast(least(greatest(${value}, ${own.lower}), ${own.upper}) as bigint) end as v${place}`
          }),
        ({ measures }) => measures.some(isSum),
        { ...plan.shape, measures: plan.shape.measures.map((own) => (isSum(own) ? { ...own, ...wide } : own)) }
      )
    }
  },
  {
    name: "NaN and infinities are kept and clamped",
    plant: (plan) =>
      otherSql(
        plan,
        (sql) => sql.replace(/ and isfinite\("[^"]+"\)/g, ""),
        ({ measures }) => measures.some(({ columnType }) => columnType === "DOUBLE" || columnType === "FLOAT")
      )
  },
  {
    name: "rows without a subject are counted",
    plant: (plan) =>
      otherSql(
        plan,
        (sql) => sql.replaceAll("where cast(subject_id as varchar) <> ''", ""),
        () => true
      )
  },
  {
    name: "which groups count depends on other subjects",
    plant: (plan) =>
      otherSql(
        plan,
        (sql) => sql.replace("hash(s) as s", "hash(concat(s, ' of ', count(*) over ())) as s"),
        canBeTooBusy
      )
  },
  {
    name: "the same groups count in every release",
    plant: (plan) => {
      if (!canBeTooBusy(plan.shape)) return undefined
      return { plan, inputs: (relation) => pipelineOf(plan).inputs(relation, "fixed") }
    }
  },
  {
    name: "a cast that can raise stands on a row",
    plant: (plan) =>
      otherSql(
        plan,
        (sql) =>
          sql
            .replace(/cast\(least\(greatest\(("[^"]+"), -?\d+\), \d+\) as bigint\)/g, "cast($1 as tinyint)")
            .replace(/then cast\(("[^"]+") as bigint\)/g, "then cast($1 as tinyint)")
            .replace(/cast\(round\(least\(greatest\((.+?), -\d+\.0\), \d+\.0\)\) as bigint\)/g, "cast($1 as tinyint)"),
        ({ measures }) => measures.some(({ kind }) => kind === "sum")
      )
  },
  {
    name: "keys with fewer subjects than the floor come through",
    plant: (plan) =>
      selecting(plan.shape) && plan.shape.minSubjects > 1 ? otherShape(plan, { minSubjects: 1 }) : undefined
  },
  {
    name: "the threshold of keys is rounded down",
    plant: ({ noise, ...plan }) =>
      noise.selection === undefined
        ? undefined
        : otherNoise({ noise, ...plan }, { selection: { ...noise.selection, tau: noise.selection.tau - 1 } })
  },
  {
    name: "keys are taken from the data",
    plant: ({ noise, ...plan }) =>
      noise.selection === undefined
        ? undefined
        : otherNoise({ noise, ...plan }, { selection: { ...noise.selection, tau: -1_000_000 } })
  },
  {
    name: "epsilon is spent twice",
    plant: (plan) =>
      otherNoise(plan, {
        measures: plan.noise.measures.map((own) => ({
          ...own,
          variance: scaled(own.variance, 2n),
          ...(own.choice === undefined ? {} : { choice: Rational(own.choice.num * 2n, own.choice.den) }),
          ...(own.moments === undefined
            ? {}
            : { moments: { ...own.moments, countVariance: scaled(own.moments.countVariance, 2n) } })
        }))
      })
  },
  {
    name: "the sensitivity forgets that a subject is in several groups",
    plant: (plan) =>
      plan.shape.l0 === 1
        ? undefined
        : otherNoise(plan, {
            measures: plan.noise.measures.map((own) => ({
              ...own,
              variance: scaled(own.variance, BigInt(plan.shape.l0)),
              ...(own.choice === undefined ? {} : { choice: Rational(own.choice.num * 2n, own.choice.den) })
            }))
          })
  },
  {
    name: "less is charged than is spent",
    plant: (plan) => otherNoise(plan, { chargeUnits: plan.noise.chargeUnits - plan.noise.chargeUnits / 4n })
  },
  {
    name: "delta of the conversion is used up twice",
    plant: (plan) => otherNoise(plan, { chargeUnits: (plan.noise.chargeUnits * 21n) / 20n })
  },
  {
    name: "the search for bounds counts a subject in every group",
    plant: (plan) =>
      otherSql(
        plan,
        (sql) =>
          sql.replace(
            /select s, arg_min\(v, hash\(hash\(\$salt, [^)]*\)\)\) as v from pair group by s/,
            "select s, v from pair"
          ),
        ({ measures, keys }) => keys.length > 0 && measures.some(({ range }) => range !== undefined)
      )
  },
  {
    name: "the search for bounds is paid twice over with one share",
    plant: (plan) =>
      otherMeasureNoise(plan, ({ range }) =>
        range === undefined ? undefined : { range: { ...range, variance: scaled(range.variance, 2n) } }
      )
  },
  {
    name: "an empty bin is taken for a bound",
    plant: (plan) =>
      otherMeasureNoise(plan, ({ range }) =>
        range === undefined ? undefined : { range: { ...range, threshold: Math.floor(range.threshold / 2) } }
      )
  },
  {
    name: "several quantiles are charged as one",
    plant: (plan) =>
      plan.shape.measures.some(({ together, statistic }) => together !== undefined && statistic?.kind === "quantile")
        ? otherMeasureNoise(plan, ({ choice }) => (choice === undefined ? undefined : { choice: doubled(choice) }))
        : undefined
  },
  {
    name: "the ends of an interval are chosen for nothing",
    plant: (plan) =>
      otherMeasureNoise(plan, ({ ends }) =>
        ends === undefined ? undefined : { ends: { ...ends, choice: doubled(ends.choice) } }
      )
  },
  {
    name: "every band of a histogram is noised as if it alone were published",
    plant: (plan) => {
      const bands = new Set(
        plan.shape.measures.flatMap(({ name, statistic }) => (statistic?.kind === "bands" ? [name] : []))
      )
      return otherMeasureNoise(plan, ({ name, variance }) =>
        bands.has(name) ? { variance: scaled(variance, BigInt(bands.size)) } : undefined
      )
    }
  },
  {
    name: "a subject is in several bands of a group",
    plant: (plan) =>
      otherSql(
        plan,
        (sql) =>
          sql.replaceAll("cast(subject_id as varchar) as s", "concat(subject_id, ' ', row_number() over ()) as s"),
        ({ measures }) => measures.some(({ statistic }) => statistic?.kind === "bands")
      )
  },
  {
    name: "each choice of a cell is given the whole share",
    plant: (plan) =>
      plan.noise.peel === undefined
        ? undefined
        : otherNoise(plan, { peel: { ...plan.noise.peel, epsilon: doubled(plan.noise.peel.epsilon) } })
  },
  {
    name: "a coarser total is noised as if a subject had one cell in it",
    plant: (plan) =>
      plan.noise.levels === undefined || plan.shape.l0 === 1
        ? undefined
        : otherNoise(plan, {
            levels: plan.noise.levels.map((level) => level.map((own) => scaled(own, BigInt(plan.shape.l0))))
          })
  },
  {
    name: "a month's release holds rows of other months",
    plant: (plan) => {
      if (plan.shape.time === undefined) return undefined
      const { time: _, ...all } = plan.shape
      return pipelineOf(plan, all)
    }
  }
]
