import { createHash } from "node:crypto"
import { statSync } from "node:fs"
import { join } from "node:path"
import { DateTime, Effect } from "effect"
import { Home } from "#core/home/Home.ts"
import { Log } from "#core/log/Log.ts"
import { Budget } from "#privacy/budget/Budget.ts"
import { rhoUnits } from "#privacy/dp/accounting/rhoUnits.ts"
import { zcdpEpsilon } from "#privacy/dp/accounting/zcdpEpsilon.ts"
import { zcdpRho } from "#privacy/dp/accounting/zcdpRho.ts"
import { Buyers } from "#catalog/buyer/Buyers.ts"
import { Catalog } from "#catalog/product/Catalog.ts"
import type { CapRequest } from "../../../api/admin/CapRequest.ts"
import type { Caps } from "../../../api/admin/Caps.ts"
import { budgetOf } from "../../view/budgetOf.ts"

/** The delta at which caps are written as epsilon. */
const delta = 1e-9

/** Caps, raises that wait, and keys. */
export const capsState = Effect.fn("capsState")(function* () {
  const [budget, catalog] = [yield* Budget, yield* Catalog]
  const today = DateTime.formatIso(yield* DateTime.now).slice(0, 10)
  const state = yield* budget.spent
  const { cap, spent, left, runsOut } = budgetOf(state, yield* budget.ledger, yield* catalog.list, today)
  return {
    cap,
    spent,
    left,
    runsOut,
    subCaps: state.subCaps,
    raises: (yield* budget.raises).map(({ id, scope, name, rhoUnits: units, askedBy, askedAt }) => {
      const rho = rhoUnits.toRho(units)
      return { id, scope, name, asked: { rho, epsilon: zcdpEpsilon(rho, delta), delta }, askedBy, askedAt }
    }),
    products: (yield* catalog.all).map(({ product }) => product),
    buyers: (yield* (yield* Buyers).list).map(({ buyer }) => buyer),
    keys: yield* keysOf()
  } satisfies Caps as Caps
})

/** Sets a cap that is lower or new; a raise waits. */
export const setCap = Effect.fn("setCap")(function* ({ scope, name, epsilon }: CapRequest, by: string) {
  const units = Number(epsilon) === 0 ? 0n : rhoUnits.limit(zcdpRho(Number(epsilon), delta))
  yield* (yield* Budget).limit({ scope, name, rhoUnits: units }, by)
  return yield* capsState()
})

/** Approves a raise as another one. */
export const approveCap = Effect.fn("approveCap")(function* (id: string, by: string) {
  yield* (yield* Budget).approve(id, by)
  return yield* capsState()
})

/** The keys of the house by what tells them apart; a secret one is never said, only hashed under itself. */
const keysOf = Effect.fnUntraced(function* () {
  const home = yield* Home
  const { key } = yield* Log
  const fileOf = (name: string) => {
    const { birthtime, mode } = statSync(join(home.path, "keys", name))
    return { since: birthtime.toISOString(), isPrivate: (mode & 0o077) === 0 }
  }
  return yield* Effect.sync((): Caps["keys"] => [
    { id: "home", fingerprint: home.hmac("fingerprint", "key").slice(0, 32), ...fileOf("home.key") },
    {
      id: "signing",
      fingerprint: createHash("sha256").update(home.publicKey).digest("hex").slice(0, 32),
      ...fileOf("signing.pem")
    },
    { id: "log", fingerprint: key.verifier, since: null, isPrivate: null }
  ])
})
