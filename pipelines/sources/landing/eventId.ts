import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import type { Params } from "#core/warehouse/Session.ts"

/**
 * `_event_id` in SQL: the first 128 bits of HMAC-SHA256(key, canonical text, n), where the key is derived from the home key for
 * one stream, the canonical text is the JSON array of the row's texts (injective, since JSON quotes), and n counts equal texts
 * of one file. Columns stand in order of generation and name, and a row that holds nothing in later generations is written
 * without them: a column added to a file later does not change the ids of rows that do not use it.
 * @source RFC 2104; the construction sha256(outer || sha256(inner || text)) with the two padded keys as parameters
 */
export function eventId(text: string, n: string): string {
  const inner = `unhex(sha256($inner_key || encode(${text} || ${n})))`
  return `substr(sha256($outer_key || ${inner}), 1, 32)::uuid`
}

/** The two padded keys that `eventId` binds. */
export function eventKeys(key: Uint8Array): Params {
  const pad = (byte: number): Uint8Array => Uint8Array.from({ length: 64 }, (_, i) => (key[i] ?? 0) ^ byte)
  return { inner_key: pad(0x36), outer_key: pad(0x5c) }
}

export interface StoredColumn {
  readonly name: string
  readonly generation: number
}

/** The canonical text of a row in SQL; columns that the relation does not have read as null. */
export function canonicalText(stored: ReadonlyArray<StoredColumn>, present: ReadonlySet<string>): string {
  const sorted = [...stored].sort((a, b) => a.generation - b.generation || (a.name < b.name ? -1 : 1))
  const cell = ({ name }: StoredColumn): string => (present.has(name.toLowerCase()) ? quoteIdentifier(name) : "null")
  const upTo = (generation: number): string =>
    `json_array(${sorted
      .filter((column) => column.generation <= generation)
      .map(cell)
      .join(", ")})::varchar`
  const last = sorted.at(-1)?.generation ?? 1
  const cases: Array<string> = []
  for (let generation = 1; generation < last; generation++) {
    const later = sorted.filter((column) => column.generation > generation && present.has(column.name.toLowerCase()))
    const empty = later.map((column) => `${quoteIdentifier(column.name)} is null`)
    cases.push(`when ${empty.length === 0 ? "true" : empty.join(" and ")} then ${upTo(generation)}`)
  }
  return cases.length === 0 ? upTo(last) : `case ${cases.join(" ")} else ${upTo(last)} end`
}
