import type { Effect } from "effect"
import type { ViewsError } from "./Views.ts"

/** One thing that happened, under a number that only grows. */
export interface FeedItem {
  readonly seq: number
  readonly data: unknown
}

/** Things that happen, to be told as they do. */
export interface Feed {
  /** Listeners of one topic are answered by one read. */
  readonly topic: string
  /** The name of its events. */
  readonly event: string
  /** After which number a listener begins; undefined begins now. */
  readonly after: number | undefined
  /** What happened after a number, at most some hundred, in order; nothing when the number is the newest. */
  read(after: number): Effect.Effect<ReadonlyArray<FeedItem>, ViewsError>
  /** The number of the newest; 0 before the first. */
  readonly newest: Effect.Effect<number, ViewsError>
}
