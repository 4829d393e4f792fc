import { Effect, FileSystem, Path } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Home } from "#core/home/Home.ts"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { seededBits } from "#core/random/BitSource.ts"
import { Refused } from "#core/Refused.ts"
import { Unavailable } from "#core/Unavailable.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { Budget } from "#privacy/budget/Budget.ts"
import { planAggregate } from "#privacy/dp/aggregate/planAggregate.ts"
import { auditPlan } from "#privacy/dp/audit/auditPlan.ts"
import type { AuditReport } from "#privacy/dp/audit/auditPlan.ts"
import { columnsOf } from "../engine/makeAsset.ts"
import { planRelease } from "./planRelease.ts"
import { protectedAsset } from "./protectedAsset.ts"
import { Products } from "./Products.ts"

/** A report, and the file in which it lies beside the released one; none before the first release. */
export interface ReleaseAudit {
  readonly report: AuditReport
  readonly file: string | undefined
}

const DATASETS = 50

/**
 * Audits the plan of a product on generated data of its schema, in a warehouse of its own: real rows are never read and
 * the sold release is never touched.
 */
export const auditRelease = Effect.fn("auditRelease")(function* (product: string, asOf: string) {
  const definitions = yield* (yield* Products).definitions
  const definition = definitions.find((one) => one.product === product)
  if (definition === undefined) {
    return yield* new BadInput({
      code: "product.unknown",
      message: `There is no product ${product.slice(0, 60)}.`,
      fix: `Name one of ${definitions.map((one) => one.product).join(", ") || "those that assay product draft takes up"}.`
    })
  }
  if (definition.synthetic !== undefined) {
    return yield* new Refused({
      code: "audit.kind",
      message: `${product} gives synthetic rows; record and replay is made for figures.`,
      fix: "Compare rows with records by `assay risk REAL SYNTHETIC`."
    })
  }
  const columns = yield* columnsOf(protectedAsset(definition))
  const { plan, period } = yield* planRelease(definition, columns, asOf)
  const facts = { asset: plan.shape.asset, columns }
  // Without a prediction nothing runs: what is audited does not hang on how many subjects there are.
  const known = { subjects: Math.min(1e9, Math.floor(1 / plan.shape.delta)), source: "declared" } as const
  const judged = plan.prediction === undefined ? yield* planAggregate(definition.spec, facts, known) : plan
  const report = yield* Effect.provide(
    auditPlan(judged, facts, seededBits(`audit ${plan.hash}`), DATASETS),
    Warehouse.memory,
    { local: true }
  )
  const answer = yield* (yield* Budget).find(plan.hash, period.id)
  if (answer === undefined) return { report, file: undefined } satisfies ReleaseAudit as ReleaseAudit
  const { shelf } = yield* Home
  const files = yield* FileSystem.FileSystem
  const file = (yield* Path.Path).join(shelf, `${answer.version}.audit.json`)
  yield* Effect.mapError(
    files.writeFileString(file, `${canonicalJson(report)}\n`),
    (error) =>
      new Unavailable({
        code: "shelf.write",
        message: `The report could not be put on the shelf (${error.reason._tag}).`,
        fix: "Check that the disk has space and that the home folder may be written."
      })
  )
  return { report, file } satisfies ReleaseAudit as ReleaseAudit
})
