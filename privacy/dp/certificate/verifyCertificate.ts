import { createPublicKey, verify } from "node:crypto"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { sha256Hex } from "#core/json/sha256Hex.ts"
import type { Certificate } from "./Certificate.ts"

/**
 * Whether hash and signature of a certificate fit its body.
 * @param publicKey  PEM of the key that is trusted; the certificate's own says only that nothing was changed since
 */
export function verifyCertificate(certificate: Certificate, publicKey = certificate.signature.publicKey): boolean {
  const { hash, signature, ...body } = certificate
  const text = canonicalJson(body)
  if (sha256Hex(text) !== hash) return false
  return verify(null, Buffer.from(text), createPublicKey(publicKey), Buffer.from(signature.value, "base64url"))
}
