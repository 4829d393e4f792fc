import { Context, Effect, Layer } from "effect"

/** A passkey's signature over a grant's digest, as the customer's browser made it. */
export interface PasskeyAssertion {
  readonly credential: string
  readonly authenticatorData: string
  readonly clientData: string
  readonly signature: string
}

/** Checks that a customer's passkey signed a grant. A port: whoever enrols passkeys fills it. */
export class Passkeys extends Context.Service<
  Passkeys,
  {
    /**
     * @param digest     of the grant, which is the challenge that was signed
     * @param credential the `evidence.digest` of the grant: SHA-256 of the credential's id
     */
    verify(subj: number, digest: string, credential: string, assertion: PasskeyAssertion): Effect.Effect<boolean>
  }
>()("privacy/Passkeys") {
  /** No passkey is enrolled anywhere, so none verifies. */
  static readonly none = Layer.succeed(Passkeys, Passkeys.of({ verify: () => Effect.succeed(false) }))
}
