/** How often and when an asset is tried again after what may pass by itself (`Unavailable`); bad input and refusals never are. */
export interface RetryPolicy {
  /** How many times more, after the first. */
  readonly times: number
  readonly delayMillis: number
  /** Each wait is this many times the one before; 2 when left out, 1 for even waits. */
  readonly factor?: number
  /** Waits vary between 80 and 120 %, so that assets that failed together do not come back together; true when left out. */
  readonly jitter?: boolean
}
