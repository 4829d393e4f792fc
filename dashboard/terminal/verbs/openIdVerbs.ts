import { readFileSync } from "node:fs"
import { resolve } from "node:path"
import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { OpenId } from "../../server/openid/OpenId.ts"
import { flagText } from "../flagText.ts"
import { neededFlag } from "../neededFlag.ts"
import type { Verb } from "../Verb.ts"

const set: Verb<OpenId> = {
  usage:
    "openid set --issuer URL --client ID --by NAME [--secret-file FILE] [--claim preferred_username|email] [--domain D] [--label TEXT]",
  about: "let people sign in by the accounts of their company; the accounts here stay the admin's",
  flags: ["issuer", "client", "by", "secret-file", "claim", "domain", "label"],
  words: 0,
  run: Effect.fn("openid set")(function* ({ flags, io }) {
    const issuer = yield* readIssuer(yield* neededFlag(flags, "issuer", "The address of the sign-in service"))
    const client = yield* neededFlag(flags, "client", "The identifier that the sign-in service gave this house")
    const setBy = yield* neededFlag(flags, "by", "Who sets it")
    const claim = flagText(flags, "claim") ?? "preferred_username"
    const domain = flagText(flags, "domain")?.toLowerCase() ?? null
    if (claim !== "preferred_username" && claim !== "email") return yield* badClaim()
    if ((claim === "email") !== (domain !== null)) return yield* badDomain()
    const file = flagText(flags, "secret-file")
    const secret = file === undefined ? undefined : yield* readSecret(resolve(io.cwd, file))
    const label = flagText(flags, "label") ?? new URL(issuer).hostname
    yield* (yield* OpenId).set({ issuer, client, claim, domain, label, setBy }, secret)
    return {
      json: { issuer, client, claim, domain, label, secret: secret !== undefined },
      text: [
        `People sign in by ${issuer} from now on, as the account that their ${claim === "email" ? "address" : "user name"} names.`,
        "Register there as redirect address: http://localhost:PORT/sign-in, with the port that you serve on.",
        "Sessions that came by another service have ended. Steps that matter still ask for a passkey."
      ].join("\n")
    }
  })
}

const show: Verb<OpenId> = {
  usage: "openid show",
  about: "tell by which service people of a company sign in",
  flags: [],
  words: 0,
  run: Effect.fn("openid show")(function* () {
    const found = yield* (yield* OpenId).provider
    if (found === undefined) return { json: { provider: null }, text: "No company sign-in is set up." }
    const { issuer, client, claim, domain, label, setBy, setAt } = found
    const since = new Date(setAt).toISOString()
    return {
      json: { provider: { issuer, client, claim, domain, label, setBy, setAt: since } },
      text: `${label}: ${issuer} as ${client}, accounts by ${claim}${domain === null ? "" : ` at ${domain}`}; set by ${setBy} on ${since.slice(0, 10)}.`
    }
  })
}

const remove: Verb<OpenId> = {
  usage: "openid remove --by NAME",
  about: "end sign-in by company accounts, and the sessions that came by it",
  flags: ["by"],
  words: 0,
  run: Effect.fn("openid remove")(function* ({ flags }) {
    yield* (yield* OpenId).remove(yield* neededFlag(flags, "by", "Who removes it"))
    return { json: { removed: true }, text: "Nobody signs in by it any more; sessions that came by it have ended." }
  })
}

/** The verbs of sign-in by company accounts. */
export const openIdVerbs = { "openid set": set, "openid show": show, "openid remove": remove }

/** The address of an issuer: https, or http on this machine; nothing behind it that a log should not hold. */
function readIssuer(text: string): Effect.Effect<string, BadInput> {
  const address = URL.canParse(text) ? new URL(text) : undefined
  const isHere = address?.protocol === "http:" && (address.hostname === "localhost" || address.hostname === "127.0.0.1")
  const isGood =
    (address?.protocol === "https:" || isHere) && `${address?.username}${address?.search}${address?.hash}` === ""
  return isGood
    ? Effect.succeed(text)
    : Effect.fail(
        new BadInput({
          code: "openid.issuer",
          message: "This is no address of a sign-in service.",
          fix: "Give the issuer as its discovery document has it, such as https://login.example.com/tenant; plain http works on this machine only."
        })
      )
}

const readSecret = (file: string): Effect.Effect<string, BadInput> =>
  Effect.try({
    try: () => {
      const secret = readFileSync(file, "utf8").trim()
      if (secret === "" || secret.length > 1000) throw new Error("no secret")
      return secret
    },
    catch: () =>
      new BadInput({
        code: "openid.secret",
        message: "The file with the secret cannot be read, or holds none.",
        fix: "Give a file that holds the client's secret and nothing else; it is copied into the keys of the home."
      })
  })

const badClaim = (): BadInput =>
  new BadInput({
    code: "openid.claim",
    message: "Accounts are named by preferred_username or by email.",
    fix: "Leave --claim out for the user name."
  })

const badDomain = (): BadInput =>
  new BadInput({
    code: "openid.domain",
    message: "Addresses name accounts within one domain.",
    fix: "Give --claim email together with --domain, or neither."
  })
