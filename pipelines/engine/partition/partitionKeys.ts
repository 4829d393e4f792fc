import type { Bilingual } from "../Asset.ts"
import type { Partitions } from "../Partitions.ts"
import { everything, intersect, lastKey, onlyKey, unite } from "./KeyRange.ts"
import type { KeyRange, KeyRanges } from "./KeyRange.ts"

/** An ISO day moved by whole days. */
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

/** The partitions that there should be on a day. */
export function expectedRanges(partitions: Partitions, asOf: string): KeyRanges {
  switch (partitions.type) {
    case "daily":
      return unite([{ from: partitions.start, to: addDays(asOf, 1) }])
    case "static":
      return unite(partitions.keys.map(onlyKey))
    case "dynamic":
      return [everything]
  }
}

/** The partitions that a person names by the first and the last. */
export function namedRange(partitions: Partitions, first: string, last: string): KeyRanges {
  if (partitions.type === "daily") return unite([{ from: first, to: addDays(last, 1) }])
  const between = { from: first, to: onlyKey(last).to }
  return partitions.type === "dynamic" ? unite([between]) : intersect(expectedRanges(partitions, ""), [between])
}

const isDay = /^\d{4}-\d{2}-\d{2}$/

/** What is due in pieces of at most `size` partitions each; a piece of days is one range, a piece of keys several. */
export function batchesOf(partitions: Partitions, due: KeyRanges, size: number | undefined): ReadonlyArray<KeyRanges> {
  if (size === undefined) return due.length === 0 ? [] : [due]
  if (partitions.type !== "daily") {
    return Array.from({ length: Math.ceil(due.length / size) }, (_, i) => due.slice(i * size, (i + 1) * size))
  }
  const batches: Array<KeyRanges> = []
  for (const { from, to } of due) {
    for (let start = from; start < to; start = addDays(start, size)) {
      const end = addDays(start, size)
      batches.push([{ from: start, to: end < to ? end : to }])
    }
  }
  return batches
}

/** How many partitions ranges hold; undefined when only the data can tell. */
export function countPartitions(partitions: Partitions, ranges: KeyRanges): number | undefined {
  if (partitions.type === "daily") {
    const days = ranges.map(({ from, to }) =>
      isDay.test(from) && isDay.test(to) ? (Date.parse(to) - Date.parse(from)) / 86_400_000 : Number.NaN
    )
    const sum = days.reduce((total, n) => total + n, 0)
    return Number.isNaN(sum) ? undefined : sum
  }
  return ranges.some(({ from, to }) => onlyKey(from).to !== to) ? undefined : ranges.length
}

/** One range as people write it: its only or its first and last partition. */
export function rangeInWords({ from, to }: KeyRange): Bilingual {
  if (from === everything.from && to === everything.to) return { en: "all partitions", zh: "全部分区" }
  const last = isDay.test(to) ? addDays(to, -1) : to === everything.to ? "…" : lastKey({ from, to })
  const first = from === "" ? "…" : from
  const text = first === last ? first : `${first} … ${last}`
  return { en: text, zh: text }
}
