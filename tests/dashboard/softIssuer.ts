import { createHash } from "node:crypto"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { exportJWK, generateKeyPair, SignJWT } from "jose"
import type { JWTPayload } from "jose"

/** What an issuer does wrong. */
export interface IssuerFaults {
  /** Claims in place of the right ones; undefined leaves one out. */
  readonly claims?: Readonly<Record<string, string | number | undefined>>
  /** Signs with a key that its documents do not name. */
  readonly foreignKey?: true
  /** Answers every request of the token endpoint with this status. */
  readonly status?: number
  /** Says that it is another issuer. */
  readonly calls?: string
}

/** An OpenID issuer on the loopback that does what a test tells it to: it answers a code with a token for `person`, rightly or wrongly. */
export async function softIssuer() {
  const key = await generateKeyPair("RS256")
  const foreign = await generateKeyPair("RS256")
  const jwk = { ...(await exportJWK(key.publicKey)), kid: "one", alg: "RS256", use: "sig" }
  const state = {
    person: {} as JWTPayload,
    faults: {} as IssuerFaults,
    nonce: "",
    challenge: "",
    /** What it was asked, as "METHOD path". */
    asked: [] as Array<string>
  }
  let issuer = ""
  const token = (): Promise<string> => {
    const now = Math.floor(Date.now() / 1000)
    const claims: JWTPayload = {
      iss: issuer,
      aud: "assay",
      iat: now,
      exp: now + 300,
      nonce: state.nonce,
      ...state.person,
      ...state.faults.claims
    }
    const signer = state.faults.foreignKey === true ? foreign : key
    return new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: "one" }).sign(signer.privateKey)
  }
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url!, issuer)
    state.asked.push(`${request.method} ${pathname}`)
    const send = (status: number, body: object): void =>
      void response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body))
    if (pathname === "/.well-known/openid-configuration") {
      const named = state.faults.calls ?? issuer
      return send(200, {
        issuer: named,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
        response_types_supported: ["code"],
        subject_types_supported: ["public"],
        id_token_signing_alg_values_supported: ["RS256"]
      })
    }
    if (pathname === "/keys") return send(200, { keys: [jwk] })
    let body = ""
    request.on("data", (chunk: Buffer) => void (body += chunk.toString()))
    request.on("end", () => {
      const form = new URLSearchParams(body)
      const verifier = form.get("code_verifier") ?? ""
      const isRight = createHash("sha256").update(verifier).digest("base64url") === state.challenge
      if (state.faults.status !== undefined) return send(state.faults.status, { error: "temporarily_unavailable" })
      if (!isRight || form.get("code") !== "good") return send(400, { error: "invalid_grant" })
      void token().then((id_token) => send(200, { access_token: "none", token_type: "bearer", id_token }))
    })
  })
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening))
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    issuer,
    state,
    /** Takes what the browser was sent with, as the page of the issuer would; gives the state. */
    visit: (address: string): string => {
      const asked = new URL(address).searchParams
      state.nonce = asked.get("nonce")!
      state.challenge = asked.get("code_challenge")!
      return asked.get("state")!
    },
    close: async (): Promise<void> => {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    }
  }
}
