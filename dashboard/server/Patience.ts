/** How long the server waits for callers, in milliseconds. */
export interface Patience {
  /** For the head of a request, from its first byte. */
  readonly head: number
  /** For a whole request. */
  readonly whole: number
  /** While nothing moves on a socket, either way. */
  readonly idle: number
  /** For a next request on a socket that had one. */
  readonly next: number
}
