import type { Label } from "#pricing/quote/Explanation.ts"
import type { Contract, ContractChange } from "./Contract.ts"

/** Bounds that are found anew for each release move a little; a promise is coarser from here on. */
const coarserFrom = 1.1

/**
 * Compares a version's contract with the one before it. Breaking is what could stop what a buyer has built: a column that is gone, renamed,
 * retyped or in another unit, narrower terms, a coarser guarantee, rarer versions, another kind of table. Minor is what only adds. All else is
 * new data under the same contract.
 */
export function compareContracts(before: Contract, after: Contract): ContractChange {
  const breaking = [...columnsLost(before, after), ...narrower(before, after), ...coarser(before, after)]
  const adding = [...columnsGained(before, after), ...wider(before, after)]
  if (breaking.length > 0) return { level: "breaking", reasons: [...breaking, ...adding] }
  return adding.length > 0 ? { level: "minor", reasons: adding } : { level: "patch", reasons: [] }
}

const label = (zh: string, en: string): Label => ({ zh, en })
const lost = (before: ReadonlyArray<string>, after: ReadonlyArray<string>): ReadonlyArray<string> =>
  before.filter((one) => !after.includes(one))

function columnsLost(before: Contract, after: Contract): ReadonlyArray<Label> {
  const now = new Map(after.columns.map((column) => [column.name, column]))
  return before.columns.flatMap(({ name, type, unit }) => {
    const own = now.get(name)
    if (own === undefined) return [label(`列 ${name} 不再提供`, `Column ${name} is gone or has another name`)]
    if (own.type !== type)
      return [label(`列 ${name} 的类型由 ${type} 变为 ${own.type}`, `Column ${name} was ${type} and is ${own.type}`)]
    if (own.unit !== unit)
      return [
        label(
          `列 ${name} 的单位由 ${unit || "无"} 变为 ${own.unit || "无"}`,
          `Column ${name} was in ${unit || "no unit"} and is in ${own.unit || "no unit"}`
        )
      ]
    return []
  })
}

const columnsGained = (before: Contract, after: Contract): ReadonlyArray<Label> =>
  lost(
    after.columns.map(({ name }) => name),
    before.columns.map(({ name }) => name)
  ).map((name) => label(`新增列 ${name}`, `Column ${name} is new`))

function narrower(before: Contract, after: Contract): ReadonlyArray<Label> {
  const [kept, keptBefore] = [after.retentionDays ?? Infinity, before.retentionDays ?? Infinity]
  const [fresh, freshBefore] = [after.freshnessDays ?? Infinity, before.freshnessDays ?? Infinity]
  return [
    ...lost(before.purposes, after.purposes).map((one) =>
      label(`不再允许用途 ${one}`, `The purpose ${one} is no longer allowed`)
    ),
    ...lost(before.territory, everywhere(after) ? before.territory : after.territory).map((one) =>
      label(`不再允许在 ${one} 使用`, `It may no longer be used in ${one}`)
    ),
    ...(before.onward && !after.onward ? [label("不再允许转让", "Onward use is no longer allowed")] : []),
    ...(kept < keptBefore ? [label(`保留期限缩短为 ${kept} 天`, `It may be kept for ${kept} days only`)] : []),
    ...(fresh > freshBefore ? [label("更新变慢", "New versions come more rarely")] : []),
    ...(before.kind !== after.kind
      ? [label(`数据类型由 ${before.kind} 变为 ${after.kind}`, `It was ${before.kind} and is ${after.kind}`)]
      : []),
    ...(before.recipient !== after.recipient ? [label("接收方变更", "The rows are for another recipient")] : [])
  ]
}

const everywhere = ({ territory }: Contract): boolean =>
  territory.some((one) => ["*", "global", "worldwide"].includes(one.toLowerCase()))

function wider(before: Contract, after: Contract): ReadonlyArray<Label> {
  const [kept, keptBefore] = [after.retentionDays ?? Infinity, before.retentionDays ?? Infinity]
  const [fresh, freshBefore] = [after.freshnessDays ?? Infinity, before.freshnessDays ?? Infinity]
  return [
    ...lost(after.purposes, before.purposes).map((one) =>
      label(`新增用途 ${one}`, `The purpose ${one} is allowed now`)
    ),
    ...lost(after.territory, before.territory).map((one) => label(`新增地域 ${one}`, `It may be used in ${one} now`)),
    ...(!before.onward && after.onward ? [label("允许转让", "Onward use is allowed now")] : []),
    ...(kept > keptBefore ? [label("保留期限延长", "It may be kept for longer")] : []),
    ...(fresh < freshBefore ? [label("更新加快", "New versions come more often")] : []),
    ...widths(before, after, (now, then) => now * coarserFrom < then).map((name) =>
      label(`${name} 的误差更小`, `${name} is nearer to the truth`)
    )
  ]
}

const coarser = (before: Contract, after: Contract): ReadonlyArray<Label> =>
  widths(before, after, (now, then) => now > then * coarserFrom).map((name) =>
    label(
      `${name} 的 95% 误差由 ±${before.halfWidths[name]} 变为 ±${after.halfWidths[name]}`,
      `${name} was within ±${before.halfWidths[name]} and is within ±${after.halfWidths[name]} (95 %)`
    )
  )

const widths = (
  before: Contract,
  after: Contract,
  differ: (now: number, then: number) => boolean
): ReadonlyArray<string> =>
  Object.entries(before.halfWidths).flatMap(([name, then]) => {
    const now = after.halfWidths[name]
    return now !== undefined && differ(now, then) ? [name] : []
  })
