import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { ApiKeys } from "#catalog/lookup/ApiKeys.ts"
import { Orders } from "#catalog/order/Orders.ts"
import { Catalog } from "#catalog/product/Catalog.ts"
import { Shares } from "#catalog/sharing/Shares.ts"
import { Trials } from "#catalog/trial/Trials.ts"
import type { BuyerAccess } from "../../../api/buyer/BuyerAccess.ts"
import type { Credential } from "../../../api/buyer/Credential.ts"

const days = 30
const trialDays = 14
const trialCalls = 100
const trialSpend = 100_00

/** What of a buyer's opens data. */
export const accessOf = Effect.fn("accessOf")(function* (buyer: string) {
  const catalog = yield* Catalog
  const trials = yield* Effect.forEach(yield* (yield* Trials).list(buyer), (trial) =>
    Effect.map(catalog.show(trial.product, trial.version), ({ version }) => ({
      ...trial,
      title: version.offering.title
    }))
  )
  const shares = (yield* (yield* Shares).list()).filter((one) => one.buyer === buyer)
  return { trials, keys: yield* (yield* ApiKeys).list(buyer), shares } satisfies BuyerAccess as BuyerAccess
})

/** Opens the usual trial; a second click is the same trial. */
export const openTrial = Effect.fn("openTrial")(function* (product: string, buyer: string) {
  const { version } = yield* (yield* Catalog).show(product)
  yield* (yield* Trials).open({
    product,
    buyer,
    days: trialDays,
    calls: trialCalls,
    spend: { minor: trialSpend, currency: version.currency },
    key: `page:${buyer}:${product}`
  })
  return yield* accessOf(buyer)
})

/** Orders what a trial was of. */
export const convertTrial = Effect.fn("convertTrial")(function* (id: string, buyer: string) {
  const trials = yield* Trials
  if (!(yield* trials.list(buyer)).some((one) => one.id === id)) return yield* unknown("trial")
  const order = yield* trials.convert(id, `page:${id}`)
  const { version } = yield* (yield* Catalog).show(order.product, order.version)
  return { ...order, title: version.offering.title }
})

/** Makes a key for what an order or a trial of the buyer entitles to. */
export const makeKey = Effect.fn("makeKey")(function* (holder: string, buyer: string) {
  yield* ownHolder(holder, buyer)
  const { id, token, expiresAt } = yield* (yield* ApiKeys).add({ holder, days, scopes: ["lookup", "usage"] })
  return { id, secret: token, expiresAt } satisfies Credential as Credential
})

/** Ends a key of the buyer. */
export const revokeKey = Effect.fn("revokeKey")(function* (id: string, buyer: string) {
  const keys = yield* ApiKeys
  if (!(yield* keys.list(buyer)).some((one) => one.id === id)) return yield* unknown("key")
  yield* keys.revoke(id)
  return yield* accessOf(buyer)
})

/** Makes a Delta Sharing profile for an order of the buyer. @source Delta Sharing, profile file format, version 1 */
export const makeShare = Effect.fn("makeShare")(function* (order: string, origin: string, buyer: string) {
  yield* ownHolder(order, buyer)
  const { id, token, expiresAt } = yield* (yield* Shares).open(order, days)
  const profile = {
    shareCredentialsVersion: 1,
    endpoint: `${origin}/delta-sharing`,
    bearerToken: token,
    expirationTime: expiresAt
  }
  return { id, secret: JSON.stringify(profile, null, 2), expiresAt } satisfies Credential as Credential
})

/** Ends a Delta Sharing credential of the buyer. */
export const revokeShare = Effect.fn("revokeShare")(function* (id: string, buyer: string) {
  const shares = yield* Shares
  if (!(yield* shares.list()).some((one) => one.id === id && one.buyer === buyer)) return yield* unknown("credential")
  yield* shares.revoke(id)
  return yield* accessOf(buyer)
})

const ownHolder = Effect.fnUntraced(function* (holder: string, buyer: string) {
  const orders = yield* (yield* Orders).list(buyer)
  const trials = yield* (yield* Trials).list(buyer)
  if (![...orders, ...trials].some(({ id }) => id === holder)) return yield* unknown("order or trial")
})

const unknown = (thing: string): BadInput =>
  new BadInput({
    code: "access.unknown",
    message: `You have no such ${thing}.`,
    fix: "Choose one of those listed under My data."
  })
