import { Effect } from "effect"
import type { RegistrationResponseJSON } from "@simplewebauthn/server"
import type { Signed } from "./Keyring.ts"
import { relyingParty } from "./relyingParty.ts"

/** A passkey that a browser made and that was found to be in order. */
export interface NewPasskey {
  /** Of the credential, base64url. */
  readonly id: string
  readonly publicKey: Uint8Array
  readonly counter: number
  readonly device: string
  readonly synced: boolean
}

/** Checks what a browser made for a challenge; undefined for whatever is wrong with it. */
export const checkAttestation = (
  { response, origin }: Signed,
  challenge: string
): Effect.Effect<NewPasskey | undefined> =>
  Effect.orElseSucceed(
    Effect.tryPromise(async () => {
      const { verifyRegistrationResponse } = await import("@simplewebauthn/server")
      const { verified, registrationInfo } = await verifyRegistrationResponse({
        response: response as unknown as RegistrationResponseJSON,
        expectedChallenge: challenge,
        expectedOrigin: origin,
        expectedRPID: relyingParty.rpID,
        requireUserVerification: true
      })
      if (verified !== true || !registrationInfo.userVerified) return undefined
      const { credential, credentialDeviceType, credentialBackedUp } = registrationInfo
      return {
        id: credential.id,
        publicKey: credential.publicKey,
        counter: credential.counter,
        device: credentialDeviceType,
        synced: credentialBackedUp
      }
    }),
    () => undefined
  )
