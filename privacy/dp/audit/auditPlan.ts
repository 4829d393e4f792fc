import { Effect } from "effect"
import type { BadInput } from "#core/BadInput.ts"
import type { BitSource } from "#core/random/BitSource.ts"
import type { Refused } from "#core/Refused.ts"
import type { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import type { AggregatePlan } from "../aggregate/AggregatePlan.ts"
import type { TableFacts } from "../aggregate/TableFacts.ts"
import type { Noise } from "../Noise.ts"
import { auditCanaries } from "./auditCanaries.ts"
import type { CanaryAudit } from "./auditCanaries.ts"
import { auditPipeline } from "./auditPipeline.ts"
import type { AuditFinding, AuditResult } from "./auditPipeline.ts"
import { pipelineOf } from "./pipelineOf.ts"
import { seededBugs } from "./seededBugs.ts"

/** The report that lies beside a certificate. Everything in it comes from generated data. */
export interface AuditReport {
  readonly format: "assay-audit/1"
  readonly plan: string
  /** nothing was found, every bug that the plan has room for was caught, and no larger epsilon was refuted */
  readonly passed: boolean
  readonly replay: AuditResult
  /** `caught` is absent where the plan has nothing for the bug to touch */
  readonly bugs: ReadonlyArray<{
    readonly name: string
    readonly caught?: boolean
    readonly by?: AuditFinding["check"]
  }>
  readonly canaries: CanaryAudit
}

/** Tables on which a bug may hide: generated data are random, and a bug is caught by the first that shows it. */
const DATASETS_PER_BUG = 40

/**
 * Audits a plan on generated data of its schema: record and replay, seeded bugs, canaries.
 * @param bits      seeded: generated data and coins; noise comes from the service
 * @param datasets  tables for record and replay
 */
export const auditPlan = Effect.fn("auditPlan")(function* (
  plan: AggregatePlan,
  facts: TableFacts,
  bits: BitSource,
  datasets: number
): Effect.fn.Return<AuditReport, BadInput | Refused | WarehouseError, Warehouse | Noise> {
  // Generated tables are small, so most of their keys lie below the floor: without it they are seen too.
  const open = { ...plan, shape: { ...plan.shape, minSubjects: 1 } }
  const asPlanned = yield* auditPipeline(pipelineOf(plan), facts, bits, Math.ceil(datasets / 5))
  const replay = joined(asPlanned, yield* auditPipeline(pipelineOf(open), facts, bits, datasets - asPlanned.datasets))
  const bugs: Array<AuditReport["bugs"][number]> = []
  for (const { name, plant } of seededBugs) {
    // Most show where no floor hides them.
    const planted = [open, plan].flatMap((own) => plant(own) ?? [])
    if (planted.length === 0) {
      bugs.push({ name })
      continue
    }
    let first: AuditFinding | undefined
    for (const pipeline of planted) {
      first ??= (yield* auditPipeline(pipeline, facts, bits, DATASETS_PER_BUG, true)).findings[0]
    }
    bugs.push({ name, caught: first !== undefined, ...(first === undefined ? {} : { by: first.check }) })
  }
  const canaries = yield* auditCanaries(plan.shape, bits)
  // A bug that goes unseen shows that the audit of this plan proves too little.
  const seen = bugs.every(({ caught }) => caught !== false)
  const passed = replay.findings.length === 0 && seen && canaries.lowerBound <= canaries.declared
  return { format: "assay-audit/1", plan: plan.hash, passed, replay, bugs, canaries }
})

function joined(a: AuditResult, b: AuditResult): AuditResult {
  const inputs = [...new Set([...Object.keys(a.reached), ...Object.keys(b.reached)])]
  return {
    datasets: a.datasets + b.datasets,
    removals: a.removals + b.removals,
    reached: Object.fromEntries(inputs.map((input) => [input, Math.max(a.reached[input] ?? 0, b.reached[input] ?? 0)])),
    findings: [...a.findings, ...b.findings]
  }
}
