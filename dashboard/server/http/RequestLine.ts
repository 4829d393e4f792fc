/** What the log keeps of a request: the route and never its address, which may carry names. */
export interface RequestLine {
  readonly at: string
  readonly id: string
  readonly method: string
  /** As it was declared, with `:name` for what varies; `unknown` for an address that no route has. */
  readonly route: string
  readonly status: number
  readonly millis: number
  readonly role: string | null
}
