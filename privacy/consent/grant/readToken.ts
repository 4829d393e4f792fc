import { Effect, Schema } from "effect"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { Refused } from "#core/Refused.ts"
import { Grant } from "./Grant.ts"
import { keyName, tokenHeader, tokenText } from "./grantToken.ts"

const decode = Schema.decodeUnknownResult(Grant, { onExcessProperty: "error" })
const mostBytes = 64 * 1024

/**
 * The grant in a token: well encoded, of the one kind, signed by a pinned key, and written in the one canonical way. Says nothing yet about
 * whether it may be accepted.
 *
 * @param keys public keys that may sign, as PEM
 */
export const readToken = Effect.fn("readToken")(function* (token: string, keys: ReadonlyArray<string>) {
  const parts = token.split(".")
  if (token.length > mostBytes || parts.length !== 3 || !parts.every((part) => /^[\w-]+$/.test(part))) {
    return yield* refuse("encoding", "is no compact JWS of three base64url parts")
  }
  const header = yield* parsed(parts[0]!, "header")
  const pinned = keys.find((pem) => canonicalJson(header) === canonicalJson(tokenHeader(keyName(pem))))
  if (pinned === undefined)
    return yield* refuse("header", "does not name the one algorithm, type and a key of this house")
  // Loaded when a token is read: every verb of the command line would wait for it.
  const { compactVerify, importSPKI } = yield* Effect.promise(() => import("jose"))
  const key = yield* Effect.promise(() => importSPKI(pinned, "EdDSA"))
  yield* Effect.tryPromise({
    try: () => compactVerify(token, key, { algorithms: ["EdDSA"] }),
    catch: () => refuse("signature", "was not signed with the key that it names")
  })
  const payload = yield* parsed(parts[1]!, "payload")
  const canonical = tokenText(keyName(pinned), payload, Buffer.from(parts[2]!, "base64url"))
  if (canonical !== token) return yield* refuse("canonical", "is not written in canonical JSON and base64url")
  const grant = decode(payload)
  if (grant._tag === "Failure") return yield* refuse("schema", "has members, types or sizes that a grant does not have")
  return grant.success
})

const parsed = (part: string, what: string) =>
  Effect.try({
    try: () => {
      const text = new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(part, "base64url"))
      const value: unknown = JSON.parse(text)
      if (canonicalJson(value) !== text) throw new TypeError("another spelling")
      return value
    },
    catch: () => refuse("canonical", `has a ${what} that is not canonical JSON`)
  })

/** A reason to refuse a grant; its code is `grant.<rule>`. */
export const refuse = (rule: string, what: string, fix?: string): Refused =>
  new Refused({
    code: `grant.${rule}`,
    message: `The grant was not accepted: it ${what}.`,
    fix: fix ?? "Ask the house for a fresh draft, and hand in exactly what was signed.",
    where: { field: "grant" }
  })
