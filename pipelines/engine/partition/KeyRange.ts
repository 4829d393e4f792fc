/**
 * Partitions from `from` up to and without `to`, by their keys in byte order. Thousands of days are one range, so memory and records grow with
 * the number of gaps, not of partitions.
 */
export interface KeyRange {
  readonly from: string
  readonly to: string
}

/** Ranges in order that neither overlap nor touch. */
export type KeyRanges = ReadonlyArray<KeyRange>

/** Every key there can be. */
export const everything: KeyRange = { from: "", to: "\u{10ffff}" }

/** What follows a key so closely that nothing a key may hold lies between. */
const end = "\u0001"

/** The range of one key alone. */
export const onlyKey = (key: string): KeyRange => ({ from: key, to: `${key}${end}` })

/** The last key of a range of keys. */
export const lastKey = ({ to }: KeyRange): string => (to.endsWith(end) ? to.slice(0, -end.length) : to)

// UTF-16 order differs from the engine's byte order beyond the basic plane.
const before = (a: string, b: string): boolean => a !== b && Buffer.compare(Buffer.from(a), Buffer.from(b)) < 0

/** Ranges in any order, overlapping or not, as few ranges in order. */
export function unite(ranges: Iterable<KeyRange>): KeyRanges {
  const sorted = [...ranges]
    .filter(({ from, to }) => before(from, to))
    .sort((a, b) => (a.from === b.from ? 0 : before(a.from, b.from) ? -1 : 1))
  const united: Array<KeyRange> = []
  for (const range of sorted) {
    const last = united.at(-1)
    if (last === undefined || before(last.to, range.from)) united.push(range)
    else if (before(last.to, range.to)) united[united.length - 1] = { from: last.from, to: range.to }
  }
  return united
}

/** What of `ranges` lies in none of `without`; both in order, so one walk over both. */
export function subtract(ranges: KeyRanges, without: KeyRanges): KeyRanges {
  const left: Array<KeyRange> = []
  let i = 0
  for (const { from, to } of ranges) {
    let start = from
    while (i < without.length && !before(start, without[i]!.to)) i++
    for (let j = i; j < without.length && before(without[j]!.from, to); j++) {
      if (before(start, without[j]!.from)) left.push({ from: start, to: without[j]!.from })
      start = without[j]!.to
    }
    if (before(start, to)) left.push({ from: start, to })
  }
  return left
}

/** What lies in both. */
export const intersect = (a: KeyRanges, b: KeyRanges): KeyRanges => subtract(a, subtract(a, b))
