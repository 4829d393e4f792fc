/** Where a verb speaks: answers go out, everything else (progress, notices, errors) beside it. */
export interface Io {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  /** The folder that relative paths of the caller start from. */
  readonly cwd: string
  /** A person looks on, so progress may overwrite its own line. */
  readonly live: boolean
}
