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

describe("Wycheproof's JWS cases", () => {
  it.effect("are all refused as grants: none has the one algorithm, type and key", () =>
    Effect.gen(function* () {
      assert.strictEqual(tests.length, 38)
      for (const [id, comment, jws] of tests) {
        const error = yield* Effect.flip(read(jws))
        assert.instanceOf(error, Refused, `${id} ${comment}`)
      }
    })
  )

  it.effect("done to a good token of ours, are refused too, also the spellings that Wycheproof lets pass", () =>
    Effect.gen(function* () {
      yield* read(token)
      for (const [id, comment, , result] of tests) {
        const change = likewise[comment]
        if (change === undefined) {
          assert.match(comment, /^(?:acceptsValid|ValidMac|ValidEdgeCaseMac)$/)
          assert.strictEqual(result, "valid")
          continue
        }
        assert.instanceOf(yield* Effect.flip(read(change(token.split(".")))), Refused, `${id} ${comment}`)
      }
    })
  )
})
