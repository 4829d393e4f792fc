import { Clock, Effect } from "effect"
import type { FileSystem } from "effect"
import type { BadInput } from "#core/BadInput.ts"
import { newId } from "#core/ids/newId.ts"
import type { Refused } from "#core/Refused.ts"
import type { ReleaseSpec } from "#core/release/ReleaseSpec.ts"
import type { Unavailable } from "#core/Unavailable.ts"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import type { AggregatePlan } from "../aggregate/AggregatePlan.ts"
import { planAggregate } from "../aggregate/planAggregate.ts"
import type { PublicInfo } from "../aggregate/PublicInfo.ts"
import type { ReleasedTable } from "../aggregate/ReleasedTable.ts"
import { runAggregate } from "../aggregate/runAggregate.ts"
import { planCensus } from "../census/planCensus.ts"
import { describeRelease } from "../certificate/describeRelease.ts"
import type { CertificateBody } from "../certificate/Certificate.ts"
import { Noise } from "../Noise.ts"
import { findBounds } from "../range/findBounds.ts"
import { settleBounds } from "../range/settleBounds.ts"
import { chargeFile } from "./chargeFile.ts"
import type { FileBudget } from "./chargeFile.ts"
import { openedFile, openFile } from "./openFile.ts"

export interface FileRelease {
  readonly plan: AggregatePlan
  readonly table: ReleasedTable
  readonly description: CertificateBody
  /** absent: nobody accounts for the loss */
  readonly budget?: FileBudget
}

/**
 * One release of a file, without a home: plan from the query and the file's header, charge the ledger beside the file,
 * then read and draw. A query that does not say how many subjects there are pays for a count out of its own loss.
 * @param ledger  path of the ledger; undefined: not accounted
 */
export const releaseFile = Effect.fn("releaseFile")(function* (
  file: string,
  spec: ReleaseSpec,
  ledger: string | undefined
): Effect.fn.Return<
  FileRelease,
  BadInput | Refused | Unavailable | WarehouseError,
  Warehouse | Noise | FileSystem.FileSystem
> {
  const facts = yield* openFile(file, spec)
  const own: ReleaseSpec = { ...spec, unit: "subject_id" }
  const blind = yield* planAggregate(own, facts)
  const at = new Date(yield* Clock.currentTimeMillis).toISOString()
  const releaseId = newId("rel")
  const charge = {
    release: releaseId,
    at,
    plan: blind.hash,
    rhoUnits: blind.noise.chargeUnits,
    delta: blind.noise.selection?.delta ?? 0
  }
  const budget = ledger === undefined ? undefined : yield* chargeFile(ledger, charge)
  const asked = blind.prediction === undefined ? yield* planAggregate(own, facts, yield* countSubjects(blind)) : blind
  const plan = settleBounds(asked, yield* findBounds(asked, openedFile))
  const table = yield* runAggregate(plan, openedFile)
  const description = describeRelease(
    plan,
    {
      releaseId,
      product: "file",
      period: at.slice(0, 10),
      issuedAt: at,
      lineage: []
    },
    table
  )
  return { plan, table, description, ...(budget === undefined ? {} : { budget }) }
})

/** The noisy number of subjects, paid out of a release that is charged already. */
const countSubjects = Effect.fnUntraced(function* (plan: AggregatePlan) {
  const warehouse = yield* Warehouse
  const noise = yield* Noise
  const { rhoUnits, variance } = planCensus(plan)
  const [exact] = yield* warehouse.query<{ n: number }>(
    `select count(distinct nullif(subject_id, '')) as n from ${quoteIdentifier(...openedFile)}`
  )
  const [draw] = yield* noise.gaussian(variance, 1)
  const subjects = Math.max(1, exact!.n + draw!)
  return { subjects, source: "census", censusUnits: rhoUnits } satisfies PublicInfo as PublicInfo
})
