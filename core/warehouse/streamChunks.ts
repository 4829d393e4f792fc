import type { DuckDBDataChunk, DuckDBResult } from "@duckdb/node-api"

/**
 * Some rows of a streamed result as whole columns: INTEGER as Int32Array, DOUBLE as Float64Array, UBIGINT as an Int32Array of two words a
 * row, the low one first. A column of lists gives the elements of all of them, one list after the other.
 * The arrays are the engine's own memory and are gone once the chunk was seen.
 */
export interface Chunk {
  readonly length: number
  readonly columns: ReadonlyArray<Int32Array | Float64Array>
}

/** What the pinned package keeps behind its typings; its public getters make an object of every cell. */
interface OpenVector {
  readonly items?: unknown
  readonly validity?: { readonly data: BigUint64Array | null }
  readonly childData?: OpenVector
}

/**
 * Reads a streaming result to its end, chunk by chunk; memory does not grow with its rows.
 *
 * @returns how many rows were seen, and as `bug` what stopped it on our side: what `see` threw, or a column of another
 *          type or with a null, which the statement should not have made
 * @throws  what the engine threw
 */
export async function streamChunks(
  result: DuckDBResult,
  see: (chunk: Chunk) => void
): Promise<{ readonly rows: number; readonly bug?: unknown }> {
  let rows = 0
  let coming = result.fetchChunk()
  for (;;) {
    const chunk = await coming
    if (chunk === null || chunk.rowCount === 0) return { rows }
    const length = chunk.rowCount
    // The engine makes the next one meanwhile.
    coming = result.fetchChunk()
    try {
      see({
        length,
        columns: Array.from({ length: chunk.columnCount }, (_, place) => typedColumn(vectorOf(chunk, place), length))
      })
    } catch (bug) {
      await coming.catch(() => null)
      return { rows, bug }
    }
    rows += length
  }
}

const vectorOf = (chunk: DuckDBDataChunk, place: number): OpenVector =>
  chunk.getColumnVector(place) as unknown as OpenVector

function typedColumn({ items, validity, childData }: OpenVector, length: number): Int32Array | Float64Array {
  const nullable = hasNull(validity?.data ?? null, length)
  if (childData !== undefined && !nullable)
    return typedColumn(childData, (childData.items as { readonly length: number } | undefined)?.length ?? 0)
  const typed = items instanceof Int32Array || items instanceof Float64Array || items instanceof BigUint64Array
  if (!typed || nullable) throw new TypeError("a streamed column holds integers or doubles, and no null")
  return items instanceof BigUint64Array ? new Int32Array(items.buffer, items.byteOffset, 2 * items.length) : items
}

function hasNull(mask: BigUint64Array | null, length: number): boolean {
  if (mask === null) return false
  const words = new Int32Array(mask.buffer, mask.byteOffset, mask.length * 2)
  const whole = length >> 5
  for (let word = 0; word < whole; word++) if (words[word] !== -1) return true
  const rest = length & 31
  return rest > 0 && ~words[whole]! << (32 - rest) !== 0
}
