/** Bytes of one record; the engine's own limit for delimited text, and what a JSON document of one record may need. */
export const recordLimit = { delimited: 2_000_000, json: 16_000_000 }
