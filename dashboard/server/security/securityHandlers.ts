import { DateTime, Effect } from "effect"
import { Refused } from "#core/Refused.ts"
import { Keyring } from "#privacy/access/passkey/Keyring.ts"
import type { Done } from "../../api/security/Done.ts"
import type { securityRoutes } from "../../api/security/securityRoutes.ts"
import type { Handler } from "../http/Call.ts"
import { toldSession } from "../http/toldSession.ts"
import { OpenId } from "../openid/OpenId.ts"
import type { OpenSession } from "../Sessions.ts"
import { Sessions } from "../Sessions.ts"
import { AccessLog } from "./AccessLog.ts"
import { Elevations } from "./Elevations.ts"
import type { Elevation } from "./Elevations.ts"
import { Principals } from "./Principals.ts"
import { registrant } from "./registrant.ts"

const iso = (millis: number): string => DateTime.formatIso(DateTime.makeUnsafe(millis))
const isoOrNull = (millis: number | null): string | null => (millis === null ? null : iso(millis))
const done: Done = { done: true }

const toldElevation = (one: Elevation) => ({ ...one, askedAt: iso(one.askedAt), endsAt: isoOrNull(one.endsAt) })

/** Proves who signs in, and lists and changes what belongs to their access. */
export const securityHandlers: { readonly [K in keyof typeof securityRoutes]: Handler<(typeof securityRoutes)[K]> } = {
  passkeyRegistration: Effect.fnUntraced(function* ({ body, session }) {
    const { owner, bound } = yield* registrant(body.invitation, session)
    return yield* (yield* Keyring).registration(owner, bound)
  }),
  passkeyRegister: Effect.fnUntraced(function* ({ body, session, sessionId, origin, keepSession }) {
    const { owner, bound } = yield* registrant(body.invitation, session)
    const { name, role, subject } = owner
    if (body.invitation === undefined) yield* (yield* Principals).adopt(owner)
    else yield* (yield* Principals).spend(body.invitation)
    yield* (yield* Keyring).register(owner, bound, { response: body.response, origin }, body.label)
    if (body.invitation === undefined) return toldSession(session)
    const account = { name, role, ...(subject === undefined ? {} : { subject }) }
    const opened = yield* (yield* Sessions).open(account, sessionId)
    keepSession(opened.id)
    return toldSession(opened.session)
  }),
  passkeyChallenge: () => Keyring.use((keyring) => keyring.challenge("sign-in")),
  passkeySignIn: Effect.fnUntraced(function* ({ body, sessionId, origin, keepSession }) {
    const { name } = yield* (yield* Keyring).recognise("sign-in", { response: body.response, origin })
    const account = yield* (yield* Principals).active(name)
    const role = account?.roles.find((one) => one === (body.role ?? one))
    if (account === undefined || role === undefined) return yield* noAccount()
    const { subject } = account
    const opened = yield* (yield* Sessions).open({ name, role, ...(subject === null ? {} : { subject }) }, sessionId)
    keepSession(opened.id)
    return toldSession(opened.session)
  }),
  openIdOffer: () =>
    Effect.map(
      OpenId.use((openId) => openId.provider),
      (found) => ({ label: found?.label ?? null })
    ),
  openIdBegin: ({ origin }) => OpenId.use((openId) => openId.begin(`${origin}/sign-in`)),
  openIdFinish: Effect.fnUntraced(function* ({ body, sessionId, origin, keepSession }) {
    const { name, roles } = yield* (yield* OpenId).finish(body, `${origin}/sign-in`)
    const role = roles.find((one) => one === (body.role ?? one))
    if (role === undefined) return yield* noAccount()
    const opened = yield* (yield* Sessions).open({ name, role }, sessionId, "openid")
    keepSession(opened.id)
    return toldSession(opened.session)
  }),
  passkeyVerification: ({ session }) =>
    Keyring.use((keyring) => keyring.challenge(`verify ${session.id}`, session.name)),
  passkeyVerify: Effect.fnUntraced(function* ({ body, session, sessionId, origin }) {
    const signed = { response: body.response, origin }
    yield* (yield* Keyring).recognise(`verify ${session.id}`, signed, session.name)
    yield* (yield* Sessions).verified(sessionId!)
    return done
  }),
  passkeys: ({ session }) =>
    Effect.map(
      Keyring.use((keyring) => keyring.of(session.name)),
      (all) => all.map((one) => ({ ...one, createdAt: iso(one.createdAt), usedAt: isoOrNull(one.usedAt) }))
    ),
  passkeyRemove: ({ params, session }) =>
    Effect.as(
      Keyring.use((keyring) => keyring.remove(session.name, params["id"]!)),
      done
    ),
  sessions: ({ session }) =>
    Effect.map(
      Sessions.use((sessions) => sessions.of(session.name)),
      (all) => all.map((one) => entryOf(one, session))
    ),
  sessionEnd: ({ params, session }) =>
    Effect.as(
      Sessions.use((sessions) => sessions.endOne(session.name, params["id"]!)),
      done
    ),
  principals: () =>
    Effect.map(
      Principals.use((principals) => principals.list),
      (all) => all.map((one) => ({ ...one, addedAt: iso(one.addedAt) }))
    ),
  principalPropose: ({ body, session }) =>
    Effect.as(
      Principals.use((principals) => principals.propose(body, session.name)),
      done
    ),
  principalApprove: ({ params, session }) =>
    Effect.as(
      Principals.use((principals) => principals.approve(params["id"]!, session.name)),
      done
    ),
  principalRemove: ({ params, session }) =>
    Effect.as(
      Principals.use((principals) => principals.remove(params["id"]!, session.name)),
      done
    ),
  invite: ({ body, session, origin }) =>
    Effect.map(
      Principals.use((principals) => principals.invite(body, session)),
      (token) => ({ link: `${origin}/register#${token}` })
    ),
  elevations: ({ session: { name, role } }) =>
    Effect.map(
      Elevations.use((elevations) => elevations.list),
      (all) => all.filter((one) => one.name === name || role === "admin" || role === "auditor").map(toldElevation)
    ),
  elevationAsk: Effect.fnUntraced(function* ({ body, session }) {
    const elevations = yield* Elevations
    const id = yield* elevations.ask(body, session.name)
    return toldElevation((yield* elevations.list).find((one) => one.id === id)!)
  }),
  elevationApprove: ({ params, session }) =>
    Effect.as(
      Elevations.use((elevations) => elevations.approve(params["id"]!, session.name)),
      done
    ),
  elevationUse: Effect.fnUntraced(function* ({ params, session, sessionId, keepSession }) {
    const { id, role, endsAt } = yield* (yield* Elevations).active(params["id"]!, session.name)
    const opened = yield* (yield* Sessions).elevate(sessionId!, { role, elevation: id, endsAt })
    keepSession(opened.id)
    return toldSession(opened.session)
  }),
  elevationEnd: ({ params, session }) =>
    Effect.as(
      Elevations.use((elevations) => elevations.end(params["id"]!, session)),
      done
    ),
  accessDecisions: ({ query }) =>
    Effect.map(
      AccessLog.use((log) =>
        log.recent(60, query.before === undefined ? undefined : Number(query.before), {
          role: query.role,
          allowed: query.outcome === undefined ? undefined : query.outcome === "allowed",
          text: query.text
        })
      ),
      (all) => all.map((one) => ({ ...one, at: iso(one.at) }))
    ),
  accessPolicies: () =>
    Effect.map(
      AccessLog.use((log) => log.policies),
      (all) => all.map((one) => ({ ...one, since: iso(one.since) }))
    )
}

const entryOf = (one: OpenSession, current: OpenSession) => ({
  id: one.id,
  role: one.role,
  method: one.method,
  signedInAt: iso(one.createdAt),
  verifiedAt: one.verifiedAt === 0 ? null : iso(one.verifiedAt),
  endsAt: iso(one.endsAt),
  current: one.id === current.id
})

const noAccount = (): Refused =>
  new Refused({
    code: "session.account",
    message: "This account may not sign in in this role.",
    fix: "Ask an admin."
  })
