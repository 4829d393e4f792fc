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
