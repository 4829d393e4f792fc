import { bytesOfRow } from "./rowStore.ts"

/** How the rows of a pass are held: in 2^bits parts by the first bits of their subject's key. */
export interface PassLayout {
  readonly values: number
  readonly bits: number
  /** rows come part by part, and only one is held at a time */
  readonly ordered: boolean
  /** rows held at once */
  readonly capacity: number
}

/** Rows that a core sorts within its own cache. */
const ROWS_A_PART = 2 ** 13
/** More parts at once would be more places to write to than the machine keeps at hand. */
const MOST_OPEN_BITS = 10
const MOST_BITS = 16
/** 384 MiB; a table of more rows is put into order by the engine, which spills. */
const MOST_BYTES = 3 * 2 ** 27

/**
 * Holds all rows at once where they have room, else one part at a time.
 * @param rows  how many there are
 * @param most  bytes
 */
export function passLayout(values: number, rows: number, most: number = MOST_BYTES): PassLayout {
  const room = Math.floor(most / bytesOfRow(values))
  const ordered = rows > room
  const bits = Math.ceil(Math.log2(Math.max(1, rows / ROWS_A_PART)))
  return {
    values,
    ordered,
    bits: Math.min(bits, ordered ? MOST_BITS : MOST_OPEN_BITS),
    // A part's rows are many only where one subject has very many.
    capacity: ordered ? Math.max(1, room >> 2) : Math.max(1, rows)
  }
}
