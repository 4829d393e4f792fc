import { Effect, Layer } from "effect"
import { Records } from "#core/records/Records.ts"
import { Passkeys } from "../../consent/grant/Passkeys.ts"
import { checkAssertion } from "./checkAssertion.ts"
import type { StoredPasskey } from "./StoredPasskey.ts"

const ownOrigin = /^http:\/\/localhost(:\d{1,5})?$/

/** Checks signatures of grants with the passkeys that customers enrolled: the challenge is the 32 bytes of the grant's digest. */
export const enrolledPasskeys: Layer.Layer<Passkeys, never, Records> = Layer.effect(
  Passkeys,
  Effect.map(Records, (records) =>
    Passkeys.of({
      verify: Effect.fn("Passkeys.verify")(
        function* (subj, digest, credential, { credential: id, authenticatorData, clientData, signature }) {
          const key = yield* records.read((db) =>
            db.get<StoredPasskey>("select * from passkey where id = $id and digest = $credential and subject = $subj", {
              id,
              credential,
              subj
            })
          )
          if (key === undefined) return false
          const origin = originOf(clientData)
          if (!ownOrigin.test(origin)) return false
          const response = {
            id,
            rawId: id,
            type: "public-key",
            clientExtensionResults: {},
            response: { authenticatorData, clientDataJSON: clientData, signature }
          }
          const challenge = Buffer.from(digest, "hex").toString("base64url")
          const counter = yield* checkAssertion(key, { response, origin }, challenge)
          if (counter === undefined) return false
          const moved = yield* records.write((db) =>
            db.run(
              "update passkey set counter = $counter where id = $id and (counter < $counter or (counter = 0 and $counter = 0))",
              { id, counter }
            )
          )
          return moved === 1
        },
        (effect) => Effect.orElseSucceed(effect, () => false)
      )
    })
  )
)

function originOf(clientData: string): string {
  try {
    return String((JSON.parse(Buffer.from(clientData, "base64url").toString()) as { origin?: unknown }).origin)
  } catch {
    return ""
  }
}
