import { readFileSync } from "node:fs"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { Refused } from "#core/Refused.ts"
import { readToken } from "#privacy/consent/grant/readToken.ts"
import { signGrant } from "#privacy/consent/grant/grantToken.ts"
import { grantOf, testHome } from "./consentLayer.ts"

const { tests } = JSON.parse(readFileSync(new URL("wycheproof-jws.json", import.meta.url), "utf8")) as {
  tests: ReadonlyArray<readonly [id: number, comment: string, jws: string, result: string]>
}
const draft = { subject: "0".repeat(64), seq: 1, prev: null, nonce: "n" }
const token = signGrant(testHome, grantOf(draft, 1_800_000_000))
const read = (text: string) => readToken(text, [testHome.publicKey])

/** Does to a token of ours what a case of Wycheproof does to its own valid one. */
const likewise: Readonly<Record<string, (parts: ReadonlyArray<string>) => string>> = {
  rejectsModifiedSignature: ([h, p, s]) => `${h}.${p}.${s!.startsWith("X") ? "Y" : "X"}${s!.slice(1)}`,
  rejectsMissingSignature: ([h, p]) => `${h}.${p}.`,
  rejectsMissingSignatureAndSeparator: ([h, p]) => `${h}.${p}`,
  rejectsModifiedPayload: ([h, p, s]) => `${h}.W${p!.slice(1)}.${s}`,
  rejectsMissingPayload: ([h, , s]) => `${h}..${s}`,
  rejectsMissingPayloadAndSeparator: ([h, , s]) => `${h}.${s}`,
  rejectsModifiedHeader: ([h, p, s]) => `${h!.slice(0, -4)}XXXX.${p}.${s}`,
  rejectsMissingHeader: ([, p, s]) => `.${p}.${s}`,
  rejectsMissingHeaderAndSeparator: ([, p, s]) => `${p}.${s}`,
  rejectsMissingHeaderAndSignature: ([, p]) => `.${p}.`,
  rejectsMissingHeaderSignatureAndSeparators: ([, p]) => p!,
  rejectsEmptyString: () => "",
  rejectsExtraEmptyComponent: (parts) => `${parts.join(".")}.`,
  rejectsExtraComponent: (parts) => `${parts.join(".")}.foo`,
  rejectsNoneAlgorithmAndMissingSignature: ([, p]) =>
    `${Buffer.from('{"alg":"none","typ":"assay-grant+jws"}').toString("base64url")}.${p}.`,
  rejectsValidJsonSerialization: ([h, p, s]) =>
    JSON.stringify({ payload: p, signatures: [{ protected: h, header: { unknown: "untrustworthy" }, signature: s }] }),
  rejectsSpacesInMac: ([h, p, s]) => `${h}.${p}.    ${s}`,
  rejectsInvalidCharacterInsertedInMac: ([h, p, s]) => `${h}.${p}.?${s}`,
  rejects0ReplacedbyInvalidCharacter: ([h, p, s]) => `${h}.${p}.?${s!.slice(1)}`,
  rejectsInvalidCharacters: ([h, p, s]) => `${h}.${p}.????${s!.slice(4)}`,
  spacesInHeader: ([h, p, s]) => `${h}    .${p}.${s}`,
  invalidCharactersInHeader: ([h, p, s]) => `${h}####.${p}.${s}`,
  invalidBase64Padding: ([h, p, s]) => `${h}.${p}.${s}=`,
  spacesInPayload: ([h, p, s]) => `${h}.    ${p}.${s}`,
  invalidCharactersInPayload: ([h, p, s]) => `${h}.####${p}.${s}`,
  invalidBase64PaddingInPayload: ([h, p, s]) => `${h}.${p}=.${s}`,
  InvalidCharacterInPayload: ([h, p, s]) => `${h}.?${p}.${s}`,
  InvalidCharacterInsertedInHeader: ([h, p, s]) => `${h!.slice(0, -1)}?${h!.at(-1)}.${p}.${s}`,
  InvalidCharacterInsertedInPayload: ([h, p, s]) => `${h}.${p}?.${s}`,
  ModifiedUnusedBitsInPayload: ([h, p, s]) => `${h}.${p}.${s!.slice(0, -1)}${s!.endsWith("B") ? "C" : "B"}`,
  MacOfIncorrectlyEncodedMessage: ([h, , s]) => `${h}.AB.${s}`,
  ValidSpacesInJsonHeader: ([h, p, s]) =>
    `${Buffer.from(` ${Buffer.from(h!, "base64url").toString()}`).toString("base64url")}.${p}.${s}`,
  ValidWhiteSpaceInJsonHeader: ([h, p, s]) =>
    `${Buffer.from(Buffer.from(h!, "base64url").toString().replace(",", ",\n")).toString("base64url")}.${p}.${s}`
}

const ours = token.split(".")
const refusalOf = (text: string, what: string) =>
  Effect.map(Effect.flip(read(text)), (error) => {
    assert.instanceOf(error, Refused, what)
    return error.code
  })

describe("Wycheproof's JWS cases", () => {
  it.effect("are all refused as grants, all 401: none is of the one algorithm and type, under a key of the house", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(
        tests.map(([id]) => id),
        Array.from({ length: 401 }, (_, i) => i + 1)
      )
      const codes = new Map<string, number>()
      for (const [id, comment, jws] of tests) {
        const code = yield* refusalOf(jws, `${id} ${comment}`)
        codes.set(code, (codes.get(code) ?? 0) + 1)
      }
      // Well encoded ones get as far as their header, and no further: its algorithm, type or key is another one.
      assert.deepStrictEqual([...codes.keys()].toSorted(), ["grant.canonical", "grant.encoding", "grant.header"])
      assert.isAbove(codes.get("grant.header")!, 300)
    })
  )

  it.effect(
    "are all refused when their header is replaced by that of our key, so not the header alone stops them",
    () =>
      Effect.gen(function* () {
        const codes = new Set<string>()
        for (const [id, comment, jws] of tests) {
          const [, ...rest] = jws.split(".")
          codes.add(yield* refusalOf([ours[0], ...rest].join("."), `${id} ${comment}`))
        }
        assert.deepStrictEqual([...codes].toSorted(), ["grant.encoding", "grant.signature"])
      })
  )

  it.effect("done to a good token of ours, are refused too, also the spellings that Wycheproof lets pass", () =>
    Effect.gen(function* () {
      yield* read(token)
      const done = new Set<string>()
      for (const [id, comment] of tests) {
        const change = likewise[comment]
        if (change === undefined) continue
        done.add(comment)
        yield* refusalOf(change(ours), `${id} ${comment}`)
      }
      assert.deepStrictEqual([...done].toSorted(), Object.keys(likewise).toSorted())
    })
  )
})
