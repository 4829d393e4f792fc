import { Effect } from "effect"
import * as client from "openid-client"
import { Refused } from "#core/Refused.ts"
import { Unavailable } from "#core/Unavailable.ts"
import type { Provider } from "./Provider.ts"

/** What a provider is asked with and answered by in one sign-in. */
export interface Secrets {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}

/** What the provider says of a person; nothing else of the token is looked at. */
export interface Person {
  readonly subject: string
  readonly userName: string | undefined
  /** Only where the provider vouches for it. */
  readonly email: string | undefined
}

const seconds = 5
const keptMillis = 3_600_000

/**
 * Speaks with one provider: code flow with PKCE (S256), state and nonce; the ID token's signature, issuer, audience and times are checked by the library.
 * Only https, except for a provider on the loopback.
 */
export function providerClient({ issuer, client: id }: Provider, secret: string | undefined) {
  let found: { readonly at: number; readonly configuration: Promise<client.Configuration> } | undefined
  const discover = (): Promise<client.Configuration> => {
    if (found !== undefined && performance.now() - found.at < keptMillis) return found.configuration
    const server = new URL(issuer)
    const isLoopback = server.protocol === "http:" && ["localhost", "127.0.0.1", "[::1]"].includes(server.hostname)
    const configuration = client.discovery(
      server,
      id,
      undefined,
      secret === undefined ? client.None() : client.ClientSecretBasic(secret),
      {
        timeout: seconds,
        execute: [client.enableNonRepudiationChecks, ...(isLoopback ? [client.allowInsecureRequests] : [])]
      }
    )
    const kept = { at: performance.now(), configuration }
    found = kept
    // A provider that was away is asked again by whoever comes next.
    configuration.catch(() => {
      if (found === kept) found = undefined
    })
    return configuration
  }
  return {
    /** Where the browser goes. */
    address: ({ state, nonce, verifier }: Secrets, redirect: string): Effect.Effect<string, Refused | Unavailable> =>
      Effect.tryPromise({
        try: async () => {
          const configuration = await discover()
          const challenge = await client.calculatePKCECodeChallenge(verifier)
          return client.buildAuthorizationUrl(configuration, {
            redirect_uri: redirect,
            scope: "openid profile email",
            state,
            nonce,
            code_challenge: challenge,
            code_challenge_method: "S256"
          }).href
        },
        catch: failureOf
      }),

    /** Exchanges what came back for who it is. */
    redeem: (
      answer: Readonly<Record<string, string>>,
      { state, nonce, verifier }: Secrets,
      redirect: string
    ): Effect.Effect<Person, Refused | Unavailable> =>
      Effect.tryPromise({
        try: async () => {
          const address = new URL(redirect)
          for (const [name, value] of Object.entries(answer)) address.searchParams.set(name, value)
          const tokens = await client.authorizationCodeGrant(await discover(), address, {
            expectedState: state,
            expectedNonce: nonce,
            pkceCodeVerifier: verifier,
            idTokenExpected: true
          })
          const { sub, preferred_username: userName, email, email_verified: verified } = tokens.claims()!
          return {
            subject: sub,
            userName: typeof userName === "string" ? userName : undefined,
            email: verified === true && typeof email === "string" ? email : undefined
          }
        },
        catch: failureOf
      })
  }
}

const awayCodes = new Set([
  "OAUTH_TIMEOUT",
  "OAUTH_RESPONSE_IS_NOT_CONFORM",
  "OAUTH_RESPONSE_IS_NOT_JSON",
  "OAUTH_PARSE_ERROR"
])

/** Whether the provider was away, or what it said is not to be trusted; its own words are not passed on. */
function failureOf(cause: unknown): Refused | Unavailable {
  const isAway =
    cause instanceof client.ClientError
      ? awayCodes.has(cause.code ?? "")
      : cause instanceof TypeError && cause.message === "fetch failed"
  if (isAway) return away()
  const isRefusal =
    cause instanceof client.ClientError ||
    cause instanceof client.AuthorizationResponseError ||
    cause instanceof client.ResponseBodyError
  if (isRefusal) return refused()
  throw cause
}

const away = (): Unavailable =>
  new Unavailable({
    code: "openid.away",
    message: "The company's sign-in service does not answer.",
    fix: "Try again in a while, or sign in with your passkey."
  })

const refused = (): Refused =>
  new Refused({
    code: "openid.refused",
    message: "The company's sign-in service did not confirm who you are.",
    fix: "Begin again from the sign-in page, or sign in with your passkey."
  })
