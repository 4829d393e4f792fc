/** A column of a raw table and what its file calls it. */
export interface NamedColumn {
  readonly name: string
  readonly original: string
}

const reserved = new Set(["_event_id", "_batch", "_ingested_at", "_lic", "_subj", "_file", "_row"])

/**
 * Column names that differ even when case is ignored, as the warehouse ignores it: a header given twice gets `_1`, an empty one
 * its position. Originals are kept beside.
 */
export function columnNames(originals: ReadonlyArray<string>): ReadonlyArray<NamedColumn> {
  const taken = new Set(reserved)
  const plain = new Set(originals.map((original) => original.trim().toLowerCase()))
  return originals.map((original, i) => {
    const wanted =
      original
        .trim()
        .replace(/[\p{Cc}\p{Cs}]/gu, "_")
        .slice(0, 200) || `column_${i + 1}`
    let name = wanted
    for (let n = 1; taken.has(name.toLowerCase()) || (n > 1 && plain.has(name.toLowerCase())); n++)
      name = `${wanted}_${n}`
    taken.add(name.toLowerCase())
    return { name, original }
  })
}
