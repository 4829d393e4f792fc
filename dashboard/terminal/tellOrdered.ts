import { Effect } from "effect"
import { makeAllOrdered } from "#pipelines/release/makeAllOrdered.ts"
import { failure } from "../api/failure.ts"
import type { Io } from "./Io.ts"

/** Makes the releases that were ordered and paid for, and says how that went. */
export const tellOrdered = Effect.fn("tellOrdered")(function* (io: Io) {
  const { made, failed } = yield* makeAllOrdered()
  for (const { order, product, offer } of made) io.err(`Made ${product}, ${offer}, for the order ${order}.\n`)
  for (const { error } of failed) {
    const { message, fix } = failure(error)
    io.err(`${message}\n${fix}\n`)
  }
})
