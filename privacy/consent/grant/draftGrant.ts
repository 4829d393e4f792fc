import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Home } from "#core/home/Home.ts"
import { sha256Hex } from "#core/json/sha256Hex.ts"
import { newId } from "#core/ids/newId.ts"
import { Consent } from "../Consent.ts"
import type { Grant } from "./Grant.ts"
import { signGrant } from "./grantToken.ts"

const year = 365 * 86_400

/**
 * Completes and signs what a controller writes down of a subject's word: it names the subject as the source does, and may leave out
 * what the chain gives (`seq`, `prev`, `nonce`) and what has a usual value. Nothing is checked here that `Consent.accept` checks.
 *
 * @param text a JSON object: `subject` and members of a grant
 * @param now  second since 1970
 * @returns    a grant token
 */
export const draftGrant = Effect.fn("draftGrant")(function* (text: string, now: number) {
  const home = yield* Home
  const consent = yield* Consent
  const { subject, ...given } = yield* objectIn(text)
  if (typeof subject !== "string") return yield* noObject()
  const draft = yield* consent.draft(yield* consent.subject(subject))
  const usual = {
    v: 1,
    id: newId("grt"),
    controller: "house",
    nbf: now,
    exp: now + year,
    rules: [],
    notice: { version: "1", lang: "zh", sha256: sha256Hex("") },
    basis: "consent",
    separateConsent: false,
    withdrawal: { method: "assay revoke", mode: "freeze" },
    evidence: { kind: "E1", digest: sha256Hex(text) },
    jurisdiction: "CN",
    schema: "assay-grant-1"
  }
  return signGrant(home, { ...usual, ...given, ...draft } as Grant)
})

const objectIn = (text: string): Effect.Effect<Record<string, unknown>, BadInput> =>
  Effect.try({
    try: () => {
      const value: unknown = JSON.parse(text)
      if (typeof value !== "object" || value === null || Array.isArray(value)) throw new TypeError("no object")
      return value as Record<string, unknown>
    },
    catch: noObject
  })

const noObject = (): BadInput =>
  new BadInput({
    code: "grant.file",
    message: "The file is neither a grant token nor a JSON object with a `subject`.",
    fix: 'Write { "subject": "c42", "rules": [...] } as docs/flow.md shows, or hand in the token that was signed.'
  })
