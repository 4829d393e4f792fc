import { createHash } from "node:crypto"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import type { Grant } from "./Grant.ts"

/** What every grant token says of itself; nothing else is read. */
export const tokenHeader = (kid: string) => ({ alg: "EdDSA", kid, typ: "assay-grant+jws" })

/** The name of a public key: first 16 hexadecimal digits of the SHA-256 of its PEM. */
export const keyName = (pem: string): string => createHash("sha256").update(pem).digest("hex").slice(0, 16)

/** The identity of a grant: SHA-256 of its canonical payload, never of the token's text. */
export const grantDigest = (grant: Grant): string => createHash("sha256").update(canonicalJson(grant)).digest("hex")

const encoded = (value: unknown): string => Buffer.from(canonicalJson(value)).toString("base64url")

/** The one text of a token for a payload and a signature. */
export const tokenText = (kid: string, payload: unknown, signature: Uint8Array): string =>
  `${encoded(tokenHeader(kid))}.${encoded(payload)}.${Buffer.from(signature).toString("base64url")}`

/**
 * Signs a grant as compact JWS with the key of the home.
 *
 * @source RFC 7515, section 3.1; RFC 8037, section 3.1
 */
export function signGrant(home: { sign(text: string): string; readonly publicKey: string }, grant: Grant): string {
  const kid = keyName(home.publicKey)
  const signed = `${encoded(tokenHeader(kid))}.${encoded(grant)}`
  return `${signed}.${home.sign(signed)}`
}
