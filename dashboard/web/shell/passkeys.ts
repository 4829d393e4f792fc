import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON
} from "@simplewebauthn/browser"
import type { Session } from "../../api/Session.ts"
import { ApiProblem } from "./ApiProblem.ts"

/** What a passkey made of the bytes that it signed; all base64url. */
export interface SignedBytes {
  readonly credential: string
  readonly authenticatorData: string
  readonly clientData: string
  readonly signature: string
}

/** Comes when a passkey is first used: the pages wait for none of it. */
const library = () => import("@simplewebauthn/browser")

async function post<A>(address: string, body?: object): Promise<A> {
  const request: RequestInit =
    body === undefined
      ? { method: "POST" }
      : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) }
  const answer = await fetch(address, request).catch(() => undefined)
  const content = (await answer?.json().catch(() => undefined)) as A & { error?: ApiProblem["problem"] }
  if (answer?.ok === true) return content
  throw new ApiProblem(answer?.status ?? 0, content?.error ?? { code: "network", message: "", fix: "" })
}

/** The browser's own refusal: no device, no finger, or a change of mind. */
async function unlessDeclined<A>(made: Promise<A>): Promise<A> {
  try {
    return await made
  } catch {
    throw new ApiProblem(403, { code: "passkey.declined", message: "", fix: "" })
  }
}

/** Makes a passkey, for an invitation or for who is signed in; afterwards they are signed in. */
async function register(label: string, invitation?: string): Promise<Session["session"]> {
  const extra = invitation === undefined ? {} : { invitation }
  const optionsJSON = await post<PublicKeyCredentialCreationOptionsJSON>("/api/passkeys/register/begin", extra)
  const { startRegistration } = await library()
  const response = await unlessDeclined(startRegistration({ optionsJSON }))
  return (await post<Session>("/api/passkeys/register/finish", { ...extra, label, response })).session
}

async function sign<A>(step: "sign-in" | "verify"): Promise<A> {
  const optionsJSON = await post<PublicKeyCredentialRequestOptionsJSON>(`/api/passkeys/${step}/begin`)
  const { startAuthentication } = await library()
  const response = await unlessDeclined(startAuthentication({ optionsJSON }))
  return post<A>(`/api/passkeys/${step}/finish`, { response })
}

/** Signs 32 bytes that mean something by themselves, such as the digest of a grant, with one passkey. */
async function signBytes(bytes: Uint8Array<ArrayBuffer>, credential: string): Promise<SignedBytes> {
  const { bufferToBase64URLString, startAuthentication } = await library()
  const optionsJSON: PublicKeyCredentialRequestOptionsJSON = {
    challenge: bufferToBase64URLString(bytes.buffer),
    rpId: location.hostname,
    allowCredentials: [{ id: credential, type: "public-key" }],
    userVerification: "required"
  }
  const { id, response } = await unlessDeclined(startAuthentication({ optionsJSON }))
  const { authenticatorData, clientDataJSON, signature } = response
  return { credential: id, authenticatorData, clientData: clientDataJSON, signature }
}

/** What passkeys do in the browser. All throw ApiProblem, also when the person declines. */
export const passkeys = {
  register,
  signBytes,
  signIn: async (): Promise<Session["session"]> => (await sign<Session>("sign-in")).session,
  /** Shows again that it is the same person, which some steps need. */
  verify: async (): Promise<void> => void (await sign("verify"))
}
