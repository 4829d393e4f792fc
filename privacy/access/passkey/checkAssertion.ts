import { Effect } from "effect"
import type { AuthenticationResponseJSON } from "@simplewebauthn/server"
import type { Signed } from "./Keyring.ts"
import { relyingParty } from "./relyingParty.ts"
import type { StoredPasskey } from "./StoredPasskey.ts"

/** Checks that a passkey signed a challenge after it verified its user; the passkey's new counter, or undefined for whatever is wrong. */
export const checkAssertion = (
  key: Pick<StoredPasskey, "id" | "public_key" | "counter">,
  { response, origin }: Signed,
  challenge: string
): Effect.Effect<number | undefined> =>
  Effect.orElseSucceed(
    Effect.tryPromise(async () => {
      const { verifyAuthenticationResponse } = await import("@simplewebauthn/server")
      const { verified, authenticationInfo } = await verifyAuthenticationResponse({
        response: response as unknown as AuthenticationResponseJSON,
        expectedChallenge: challenge,
        expectedOrigin: origin,
        expectedRPID: relyingParty.rpID,
        credential: { id: key.id, publicKey: new Uint8Array(key.public_key), counter: key.counter },
        requireUserVerification: true
      })
      // A bad signature is an answer and no failure.
      return verified === true && authenticationInfo.userVerified ? authenticationInfo.newCounter : undefined
    }),
    () => undefined
  )
