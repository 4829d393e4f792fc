import { once } from "node:events"
import { writeSync } from "node:fs"
import { Effect } from "effect"
import { Orders } from "#catalog/order/Orders.ts"
import { salesApp } from "../../../app.ts"

/** Opens a home as a process of its own, says `ready`, orders a quote at the first line that it is sent, and says how that went. */
const [, , home, quote, buyer] = process.argv
await Effect.runPromise(
  Effect.gen(function* () {
    const orders = yield* Orders
    writeSync(1, "ready\n")
    yield* Effect.promise(() => once(process.stdin, "data"))
    const outcome = yield* Effect.result(orders.place({ quote: quote!, buyer: buyer!, key: "k" }))
    writeSync(1, `${outcome._tag === "Success" ? "sold" : `${outcome.failure._tag} ${outcome.failure.code}`}\n`)
  }).pipe(Effect.provide(salesApp(home!)))
)
process.exit(0)
