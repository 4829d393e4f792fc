import { Effect } from "effect"
import { openApi } from "../../api/openApi.ts"
import { otherRoutes } from "../../api/otherRoutes.ts"
import { routes } from "../../api/routes.ts"
import type { Session } from "../../api/Session.ts"
import { faceHandlers } from "../face/faceHandlers.ts"
import { Sessions } from "../Sessions.ts"
import { Views } from "../Views.ts"
import { withoutHidden } from "../face/steward/withoutHidden.ts"
import { securityHandlers } from "../security/securityHandlers.ts"
import { seenBy } from "../view/seenBy.ts"
import type { Handler } from "./Call.ts"
import { toldSession } from "./toldSession.ts"

let document: object | undefined

const nobody: Session = { session: null }

/** What answers each route; a route without an answer does not type-check. */
export const handlers: { readonly [K in keyof typeof routes]: Handler<(typeof routes)[K]> } = {
  ...faceHandlers,
  ...securityHandlers,
  ready: () => Views.use((views) => Effect.as(views.healthy, { status: "ok" })),
  health: () => Views.use((views) => Effect.as(views.healthy, { status: "ok" })),
  document: () => Effect.sync(() => (document ??= openApi(routes, otherRoutes))),
  session: ({ session }) => Effect.succeed(toldSession(session)),
  signIn: ({ body, sessionId, keepSession }) =>
    Sessions.use((sessions) =>
      Effect.map(sessions.signIn(body.token, sessionId), ({ id, session }) => {
        keepSession(id)
        return toldSession(session)
      })
    ),
  signOut: ({ sessionId, keepSession }) =>
    Sessions.use((sessions) =>
      Effect.map(sessionId === undefined ? Effect.void : sessions.end(sessionId), () => {
        keepSession(undefined)
        return nobody
      })
    ),
  products: () => Views.use((views) => views.products),
  product: ({ params }) => Views.use((views) => views.product(params["id"]!)),
  makeQuote: ({ body, session }) => Views.use((views) => views.makeQuote(body, session)),
  quote: ({ params, session }) => Views.use((views) => views.quote(params["id"]!, session)),
  placeOrder: ({ body, session }) => Views.use((views) => views.placeOrder(body, session)),
  payOrder: ({ params, session }) => Views.use((views) => views.payOrder(params["id"]!, session)),
  orders: ({ session }) => Views.use((views) => views.orders(session)),
  delivery: ({ params, query, session }) => Views.use((views) => views.delivery(params["id"]!, query.format, session)),
  certificate: ({ params, query, session }) =>
    Views.use((views) => views.certificate(params["id"]!, query.format, session)),
  invoices: ({ session }) => Views.use((views) => views.invoices(session)),
  usage: ({ session }) => Views.use((views) => views.usage(session)),
  search: ({ query }) => Views.use((views) => views.search(query)),
  assets: ({ session }) => Views.use((views) => views.assets(session)),
  asset: ({ params, session, masksOf }) =>
    Effect.flatMap(seenBy(masksOf), (seen) =>
      Effect.map(
        Views.use((views) => views.asset(params["key"]!, session)),
        (told) => withoutHidden.detail(seen, told)
      )
    ),
  assetFields: ({ params, masksOf }) =>
    Effect.map(
      Views.use((views) => views.assetFields(params["key"]!)),
      (fields) => {
        const masks = masksOf(fields)
        return fields.flatMap(({ name, type, tags }) => {
          const mask = masks.get(name) ?? "hidden"
          return mask === "hidden" ? [] : [{ name, type, tags, mask }]
        })
      }
    ),
  value: () => Views.use((views) => views.value),
  events: ({ query }) =>
    Views.use((views) =>
      Effect.succeed({ ...views.runs, after: query.after === undefined ? undefined : Number(query.after) })
    ),
  budget: () => Views.use((views) => views.budget)
}
