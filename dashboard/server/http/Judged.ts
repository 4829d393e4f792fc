/** A decision on access, and how often it fell in a row. */
export interface Judged {
  /** Milliseconds since the epoch, of the last time. */
  readonly at: number
  /** The account; empty for somebody unknown. */
  readonly name: string
  readonly role: string
  readonly action: string
  /** The route. */
  readonly resource: string
  readonly allowed: boolean
  /** The policies that decided. */
  readonly because: string
  /** Names the policies in force. */
  readonly policies: string
  readonly times: number
}
