/**
 * Grows a window of bytes by chunks and keeps what a scan has not finished. A record that outgrows `limit` is skipped to its
 * line end in constant memory, so that a line of any length costs no more than the limit.
 */
export class LineWindow {
  bytes: Buffer = Buffer.alloc(0)
  #skipping = 0
  readonly #limit: number
  readonly #newline: number
  #head: Buffer = Buffer.alloc(0)

  constructor(limit: number, newline: number) {
    this.#limit = limit
    this.#newline = newline
  }

  /** Adds a chunk; returns the length and the start of an over-long line when its end has come, else undefined. */
  add(chunk: Buffer): SkippedLine | undefined {
    if (this.#skipping > 0) {
      const end = chunk.indexOf(this.#newline)
      this.#skipping += end < 0 ? chunk.length : end
      if (end < 0) return undefined
      this.bytes = chunk.subarray(end + 1)
      return this.finish()
    }
    this.bytes = this.bytes.length === 0 ? chunk : Buffer.concat([this.bytes, chunk])
    return undefined
  }

  /** Keeps what starts at `from`; an unfinished line over the limit begins to be skipped. True when it does. */
  keep(from: number): boolean {
    this.bytes = this.bytes.subarray(from)
    if (this.bytes.length <= this.#limit) return false
    this.#head = Buffer.from(this.bytes.subarray(0, 64 * 1024))
    this.#skipping = this.bytes.length
    this.bytes = Buffer.alloc(0)
    return true
  }

  /** The line being skipped, at its end or at the end of the file. */
  finish(): SkippedLine | undefined {
    if (this.#skipping === 0) return undefined
    const skipped = { length: this.#skipping, head: this.#head }
    this.#skipping = 0
    return skipped
  }
}

export interface SkippedLine {
  readonly length: number
  readonly head: Buffer
}
