import { writeSync } from "node:fs"
import { Clock, Effect } from "effect"
import { seededBits } from "#core/random/BitSource.ts"
import { uniformInt } from "#core/random/uniformInt.ts"
import { Records } from "#core/records/Records.ts"
import { Budget } from "#privacy/budget/Budget.ts"
import { adaptiveCharge, ledgerHouse } from "./ledgerHouse.ts"

/** Charges and commits until it is killed, and says what it has been told: `reserved ID` and `committed ID`, a line each. */
const [, , file, name] = process.argv
const say = (text: string): void => void writeSync(1, `${text}\n`)

await Effect.runPromise(
  Effect.gen(function* () {
    const budget = yield* Budget
    const { write } = yield* Records
    const bits = seededBits(name!)
    say("ready")
    for (let i = 0; ; i++) {
      const ask = yield* adaptiveCharge(bits, `${name} ${i}`)
      const outcome = yield* Effect.result(budget.reserve({ ...ask, rhoUnits: ask.rhoUnits / 16n + 1n }))
      if (outcome._tag === "Failure") continue
      const { releaseId } = outcome.success
      say(`reserved ${releaseId}`)
      if (uniformInt(bits, 3) === 0) continue
      const at = new Date(yield* Clock.currentTimeMillis).toISOString()
      yield* write((db) => budget.commit(db, releaseId, at))
      say(`committed ${releaseId}`)
    }
  }).pipe(Effect.provide(ledgerHouse(file)))
)
