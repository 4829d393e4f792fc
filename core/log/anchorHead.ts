import { Effect } from "effect"
import { Anchor } from "./Anchor.ts"
import { Log } from "./Log.ts"

/** Puts the newest head into the anchor. An anchor that is away is a warning in the answer, never a failure of the log. */
export const anchorHead = Effect.fn("anchorHead")(function* () {
  const log = yield* Log
  const head = yield* log.drain
  const put = (yield* Anchor).put({ origin: log.key.origin, ...head })
  return yield* Effect.match(put, {
    onSuccess: () => ({ ...head, anchored: true }) as const,
    onFailure: ({ message }) => ({ ...head, anchored: false, message }) as const
  })
})
