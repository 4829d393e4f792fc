import type { Asset, Bilingual } from "./Asset.ts"
import type { Due } from "./partition/duePartitions.ts"
import { intersect, unite } from "./partition/KeyRange.ts"
import type { KeyRanges } from "./partition/KeyRange.ts"
import { rangeInWords } from "./partition/partitionKeys.ts"

/** How an asset stands to its freshness policy. */
export interface Freshness {
  readonly state: "fresh" | "warn" | "fail"
  readonly because: Bilingual
  /** The days that are overdue, of a daily asset. */
  readonly partitions?: KeyRanges
}

const hour = 3_600_000

/**
 * Holds an asset against its freshness policy; undefined when it has none.
 *
 * @param confirmedAt  when a run last made it or found it unchanged, in milliseconds; undefined when none did
 */
export function freshnessOf(
  { freshness, partitions }: Asset,
  confirmedAt: number | undefined,
  due: Due | undefined,
  now: number
): Freshness | undefined {
  if (freshness === undefined) return undefined
  const { warnAfterHours = Infinity, failAfterHours = Infinity } = freshness
  if (confirmedAt === undefined) {
    return { state: "fail", because: { en: "it was never made", zh: "尚未生成" } }
  }
  if (partitions?.type === "daily" && due !== undefined) {
    const open = unite([...due.missing, ...due.touched])
    for (const [state, hours] of [
      ["fail", failAfterHours],
      ["warn", warnAfterHours]
    ] as const) {
      if (hours === Infinity) continue
      const overdue = intersect(open, [{ from: "", to: new Date(now - hours * hour).toISOString().slice(0, 10) }])
      if (overdue.length === 0) continue
      const en = overdue.map((range) => rangeInWords(range).en).join(", ")
      const because = { en: `${en} overdue by more than ${hours} h`, zh: `${en} 已逾期 ${hours} 小时以上` }
      return { state, because, partitions: overdue }
    }
    return { state: "fresh", because: { en: "every day that is due is there", zh: "应有的日期均已生成" } }
  }
  const age = (now - confirmedAt) / hour
  const state = age > failAfterHours ? "fail" : age > warnAfterHours ? "warn" : "fresh"
  const hours = Math.floor(age)
  return { state, because: { en: `last looked at ${hours} h ago`, zh: `上次确认于 ${hours} 小时前` } }
}
