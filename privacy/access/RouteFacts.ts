/** What a policy may know of a route. */
export interface RouteFacts {
  /** Names the route; decisions are recorded under it. */
  readonly name: string
  /** The roles that may call; undefined for whoever reaches the server. */
  readonly callers: ReadonlyArray<string> | undefined
  /** Only for who showed within the last five minutes that it is them. */
  readonly fresh: boolean
  /** Changes something. */
  readonly writes: boolean
}
