/** Rows as codes, one array per column of the domain; only the first `length` entries count. */
export interface Block {
  readonly length: number
  readonly columns: ReadonlyArray<Uint16Array>
}

/**
 * Makes rows block by block; the arrays are used again for the next block. The same seed gives the same rows.
 *
 * What every kind of synthesis ends in, so that decoding and writing do not care where the rows come from.
 */
export type RowSource = (rows: number, seed: string) => Iterable<Block>
