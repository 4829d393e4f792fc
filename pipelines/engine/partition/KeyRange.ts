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

/** Whether a key lies before another in the engine's byte order, from which UTF-16 differs where surrogates meet the last of the basic plane. */
function before(a: string, b: string): boolean {
  const n = Math.min(a.length, b.length)
  for (let i = 0; i < n; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)]
    if (x !== y) return x >= 0xd800 && y >= 0xd800 ? a.codePointAt(i)! < b.codePointAt(i)! : x < y
  }
  return a.length < b.length
}

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
