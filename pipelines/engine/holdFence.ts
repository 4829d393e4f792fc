import { Effect } from "effect"
import { Refused } from "#core/Refused.ts"
import type { Session } from "#core/warehouse/Session.ts"
import type { MakeContext } from "./MakeContext.ts"

const code = "run.fenced"

/**
 * The last thing before rows are published: whoever was frozen since they were read takes them back. Inside the publishing transaction, so
 * that failing undoes it.
 *
 * @param table quoted name of the staged rows
 */
export const holdFence = Effect.fn("holdFence")(function* (
  session: Session,
  asset: string,
  table: string,
  { scan }: Pick<MakeContext, "scan">
) {
  if (scan === undefined || (yield* scan.fence(session, table))) return
  return yield* fenced(asset)
})

/** What publishing fails with when somebody withdrew since the rows were read. */
export const fenced = (asset: string): Refused =>
  new Refused({
    code,
    message: `A customer withdrew while ${asset} was made, again and again.`,
    fix: "Run it again: nothing of it was published.",
    where: { asset }
  })

/** Whether making has to begin again, under what is allowed by now. */
export const wasFenced = (error: unknown): boolean => error instanceof Refused && error.code === code
