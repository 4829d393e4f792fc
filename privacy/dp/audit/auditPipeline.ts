import { Effect } from "effect"
import type { BitSource } from "#core/random/BitSource.ts"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import { columnFamily } from "../aggregate/columnFamily.ts"
import type { TableFacts } from "../aggregate/TableFacts.ts"
import { busyTuples } from "./busyTuples.ts"
import { checkNoise } from "./checkNoise.ts"
import { distanceOf } from "./distanceOf.ts"
import { AUDIT_SUBJECTS, generateRows } from "./generateRows.ts"
import { monthSql } from "../month/monthSql.ts"
import { AUDIT_MONTH } from "./pipelineOf.ts"
import type { Pipeline, Recorded } from "./Pipeline.ts"

export interface AuditFinding {
  readonly check:
    | "distance"
    | "subjectless rows"
    | "special values"
    | "months"
    | "errors"
    | "salt"
    | "floor"
    | "noise"
    | "months"
  readonly detail: string
}

export interface AuditResult {
  readonly datasets: number
  readonly removals: number
  /** the largest share of a declared squared sensitivity that one subject moved, per input */
  readonly reached: Readonly<Record<string, number>>
  readonly findings: ReadonlyArray<AuditFinding>
}

/** Another one for each table, so that how groups happen to be chosen under one of them decides nothing. */
const saltOf = (set: number): string => (set % 256).toString(16).padStart(2, "0").repeat(16)

/**
 * Record and replay: runs a pipeline on generated tables of its schema and again without each subject, and compares the
 * inputs of its mechanisms with the declared sensitivities; then what special values, rows without subject, another salt
 * and the plan's own arithmetic must not do. Exact: no false alarms. Never on real data.
 * @param bits      seeded
 * @param datasets  how many tables; for a bug, fewer if one shows it
 */
export const auditPipeline = Effect.fn("auditPipeline")(function* (
  pipeline: Pipeline,
  facts: TableFacts,
  bits: BitSource,
  datasets: number,
  stopAtFirst = false
): Effect.fn.Return<AuditResult, WarehouseError, Warehouse> {
  const { script } = yield* Warehouse
  const { shape } = pipeline.plan
  const findings = new Map<string, AuditFinding>()
  const find = (check: AuditFinding["check"], detail: string): void =>
    void findings.set(`${check} ${detail}`, { check, detail })
  const reached: Record<string, number> = {}
  let [set, removals] = [0, 0]
  const record = Effect.fnUntraced(function* (where: string) {
    yield* script(`create or replace view core.audited as select * from core.generated where ${where}`)
    const outcome = yield* Effect.result(pipeline.inputs(["core", "audited"], saltOf(set)))
    if (outcome._tag === "Success") return outcome.success
    // A generated table holds only values of its types: whatever fails here fails because of a value.
    find("errors", "a value makes the release fail")
    return undefined
  })
  const compare = (
    check: "distance" | "subjectless rows" | "special values" | "months",
    a?: Recorded,
    b?: Recorded
  ) => {
    if (a === undefined || b === undefined) return
    for (const { input, found, declared } of distanceOf(shape, a, b)) {
      if (check === "distance") reached[input] = Math.max(reached[input] ?? 0, found / declared)
      if (check === "distance" ? found > declared : found > 0) find(check, input)
    }
  }
  for (const problem of checkNoise(pipeline.plan)) find("noise", problem)
  while (set < datasets) {
    if (stopAtFirst && findings.size > 0) break
    set++
    yield* script(generateRows(facts, shape, "generated", bits))
    const whole = yield* record("true")
    if (whole !== undefined && whole.groups.subjects.some((n) => n < shape.minSubjects))
      find("floor", "a key below it came through")
    for (let subject = 0; subject < AUDIT_SUBJECTS; subject++) {
      compare("distance", whole, yield* record(`subject_id is distinct from 's${subject}'`))
      removals++
    }
    compare("subjectless rows", whole, yield* record("coalesce(subject_id, '') <> ''"))
    if (shape.time !== undefined) compare("months", whole, yield* record(monthSql(shape.time.column, AUDIT_MONTH)))
    for (const condition of specialRows(pipeline, facts)) {
      yield* script(`create or replace table core.cleaned as select * ${condition.replacing} from core.generated`)
      yield* script("create or replace view core.audited as select * from core.cleaned")
      const cleaned = yield* Effect.option(pipeline.inputs(["core", "audited"], saltOf(set)))
      if (cleaned._tag === "Some") compare("special values", whole, cleaned.value)
    }
  }
  if (!(stopAtFirst && findings.size > 0) && !(yield* dependsOnSalt(pipeline, facts)))
    find("salt", "the same groups of a subject count in every release")
  return { datasets: set, removals, reached, findings: [...findings.values()] }
})

/** Replacements that must change nothing: what is not finite, and what is null, are both no value. */
function specialRows({ plan }: Pipeline, facts: TableFacts): ReadonlyArray<{ readonly replacing: string }> {
  const summed = new Set(plan.shape.measures.flatMap(({ column }) => (column === undefined ? [] : [column])))
  const floats = facts.columns.filter(({ name, type }) => summed.has(name) && columnFamily(type) === "float")
  if (floats.length === 0) return []
  const nulled = floats.map(({ name }) => {
    const column = quoteIdentifier(name)
    return `case when isfinite(${column}) then ${column} end as ${column}`
  })
  return [{ replacing: `replace (${nulled.join(", ")})` }]
}

/** Subjects in far more groups than they may count in, under three salts, enough to pass the floor: the same choices have a chance below 1e-9. */
const dependsOnSalt = Effect.fnUntraced(function* (pipeline: Pipeline, facts: TableFacts) {
  const { shape } = pipeline.plan
  const busy = busyTuples(shape, Math.max(64, 2 * shape.l0))
  if (busy.rows.length <= shape.l0) return true
  const { script } = yield* Warehouse
  const subjects = Math.ceil((4 * busy.rows.length * Math.max(8, shape.minSubjects)) / shape.l0)
  const columns = facts.columns
    .filter(({ name }) => name !== "subject_id")
    .map(({ name, type }) => {
      const place = busy.columns.indexOf(name)
      const value = place >= 0 ? `t${place}` : name === shape.time?.column ? `'${AUDIT_MONTH}-01'` : "null"
      return `try_cast(${value} as ${type}) as ${quoteIdentifier(name)}`
    })
  const tuples = busy.rows.map((tuple) => `(${tuple.join(", ")})`)
  yield* script(
    `create or replace view core.audited as select ${["'s' || i as subject_id", ...columns].join(", ")}
     from range(${subjects}) s(i), (values ${tuples.join(", ")}) v(${busy.columns.map((_, i) => `t${i}`).join(", ")})`
  )
  const seen = new Set<string>()
  for (let salt = 0; salt < 3; salt++) {
    const { groups } = yield* pipeline.inputs(["core", "audited"], `${salt}`.repeat(32))
    const figures = [groups.subjects, ...groups.totals]
    const row = (at: number) => [...groups.keys, ...figures].map((column) => column[at] ?? null)
    seen.add(JSON.stringify(Array.from({ length: groups.length }, (_, at) => JSON.stringify(row(at))).sort()))
  }
  return seen.size > 1
})
