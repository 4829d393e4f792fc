/** One file of a source as it stood when it was looked up. */
export interface FileRef {
  /** Absolute, links resolved. */
  readonly path: string
  /** Relative to the source's root, with forward slashes: what people and the warehouse see. */
  readonly name: string
  readonly bytes: number
  /** As text, since nanoseconds do not fit a number. */
  readonly modifiedNanos: string
}
