import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { Mask } from "#privacy/access/Mask.ts"
import { requirePlain } from "#privacy/access/requirePlain.ts"
import { Engine } from "#pipelines/engine/Engine.ts"
import { smallestGroup } from "#pipelines/lineage/groupedTrace.ts"
import { reckon } from "#pricing/evidence/reckon.ts"
import { seenHere } from "../../view/seenHere.ts"
import { whileUnchanged } from "../../view/whileUnchanged.ts"
import type { Touchpoints } from "../../../api/steward/Touchpoints.ts"

const asset = "core.interaction"
const [channel, stage] = ["channel", "stage"]
const [mostTypes, mostStages] = [12, 16]

/** Numbers of subjects by way of meeting and stage, in steps of the smallest group and nothing below it; values that few share are left out. */
export const touchpointsOf = Effect.fn("touchpointsOf")(function* () {
  const engine = yield* Engine
  const found = (yield* engine.facts).find((one) => one.asset.key === asset)
  if (found?.made === undefined) {
    return yield* new BadInput({
      code: "touchpoint.unknown",
      message: "No stream of interactions was loaded yet.",
      fix: "Connect one, declare it as interaction, and run it."
    })
  }
  const seen = yield* seenHere()
  // A value shows only with ten who share it, which is what `few` asks for.
  const masks = new Map(
    [channel, stage].map((name): [string, Mask] => {
      const mask = seen.mask(asset, name) ?? "hidden"
      return [name, mask === "few" ? "plain" : mask]
    })
  )
  yield* reckon(() => requirePlain(masks, masks.keys()))
  const counted = (yield* Warehouse).query<{ type: string; stage: string; n: number }>(
    `select channel as type, stage, count(distinct subject_id) as n from core.interaction
     where channel is not null and stage is not null and subject_id is not null
     group by channel, stage having n >= $least`,
    { least: smallestGroup }
  )
  const rows = yield* whileUnchanged(engine, "touchpoints", found.made.dataVersion, counted)
  const most = (pick: "type" | "stage", limit: number): ReadonlyArray<string> => {
    const sums = new Map<string, number>()
    for (const row of rows) sums.set(row[pick], (sums.get(row[pick]) ?? 0) + row.n)
    return [...sums]
      .sort((a, b) => b[1] - a[1])
      .slice(0, limit)
      .map(([name]) => name)
  }
  const types = most("type", mostTypes)
  const stages = most("stage", mostStages)
  const cell = new Map(rows.map(({ type, stage, n }) => [JSON.stringify([type, stage]), n - (n % smallestGroup)]))
  return {
    asset,
    madeAt: found.made.madeAt,
    types,
    stages,
    subjects: types.map((type) => stages.map((stage) => cell.get(JSON.stringify([type, stage])) ?? null))
  } satisfies Touchpoints as Touchpoints
})
