import { Schema } from "effect"
import { BuyerAccess } from "../buyer/BuyerAccess.ts"
import { BuyerNotice } from "../buyer/BuyerNotice.ts"
import { Credential } from "../buyer/Credential.ts"
import { HolderRequest } from "../buyer/HolderRequest.ts"
import { OwnScenario } from "../buyer/OwnScenario.ts"
import { RecallReceipt } from "../buyer/RecallReceipt.ts"
import { ScenarioMatch } from "../buyer/ScenarioMatch.ts"
import { ScenarioRequest } from "../buyer/ScenarioRequest.ts"
import { UsageLine } from "../buyer/UsageLine.ts"
import { Order } from "../Order.ts"
import { QuoteRequest } from "../QuoteRequest.ts"
import { route } from "../route.ts"

const callers = ["buyer"] as const
const text = Schema.String.check(Schema.isMinLength(1), Schema.isMaxLength(200))

/** What buyers may ask of the server beyond what all faces share. Each answers for the caller only. */
export const buyerRoutes = {
  buyerScenario: route({
    method: "POST",
    path: "/api/buyer/scenarios",
    callers,
    summary: "Keeps a scenario and ranks the products on sale by how well they fit it",
    body: ScenarioRequest,
    response: Schema.Array(ScenarioMatch)
  }),
  buyerScenarios: route({
    method: "GET",
    path: "/api/buyer/scenarios",
    callers,
    summary: "Lists the caller's scenarios, newest first, with how well each product on sale fits them",
    response: Schema.Array(OwnScenario)
  }),
  buyerInbox: route({
    method: "GET",
    path: "/api/buyer/inbox",
    callers,
    summary: "Lists recalls, price changes, deprecations and other notices, newest first",
    response: Schema.Array(BuyerNotice)
  }),
  buyerNoticeRead: route({
    method: "POST",
    path: "/api/buyer/inbox/:id/read",
    callers,
    summary: "Marks a notice as read",
    response: BuyerNotice
  }),
  buyerRecallAttest: route({
    method: "POST",
    path: "/api/buyer/recalls/:id/attest",
    callers,
    summary: "Declares that nothing of a recalled version is left, and gives the signed receipt; again gives the same",
    response: RecallReceipt
  }),
  buyerUsage: route({
    method: "GET",
    path: "/api/buyer/usage",
    callers,
    summary: "Lists the uses behind one total of the caller's, newest first, at most a hundred",
    query: { period: text, product: text, version: text, meter: text },
    response: Schema.Array(UsageLine)
  }),
  buyerAccess: route({
    method: "GET",
    path: "/api/buyer/access",
    callers,
    summary: "Lists the caller's trials, API keys and Delta Sharing credentials",
    response: BuyerAccess
  }),
  buyerTrial: route({
    method: "POST",
    path: "/api/buyer/trials",
    callers,
    summary: "Opens a trial of a product: 14 days, 100 lookups, at most 100.00 of metered cost",
    body: QuoteRequest,
    response: BuyerAccess
  }),
  buyerConvert: route({
    method: "POST",
    path: "/api/buyer/trials/:id/convert",
    callers,
    summary: "Orders what a trial was of at today's price",
    response: Order
  }),
  buyerKey: route({
    method: "POST",
    path: "/api/buyer/keys",
    callers,
    summary: "Makes an API key for a paid order or an open trial, shown once",
    body: HolderRequest,
    response: Credential,
    fresh: true
  }),
  buyerKeyRevoke: route({
    method: "POST",
    path: "/api/buyer/keys/:id/revoke",
    callers,
    summary: "Ends an API key at once",
    fresh: true,
    response: BuyerAccess
  }),
  buyerShare: route({
    method: "POST",
    path: "/api/buyer/shares",
    callers,
    summary: "Makes a Delta Sharing profile for a paid order, shown once",
    body: HolderRequest,
    response: Credential,
    fresh: true
  }),
  buyerShareRevoke: route({
    method: "POST",
    path: "/api/buyer/shares/:id/revoke",
    callers,
    summary: "Ends a Delta Sharing credential and every address given out under it",
    fresh: true,
    response: BuyerAccess
  })
}
