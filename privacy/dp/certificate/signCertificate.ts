import { canonicalJson } from "#core/json/canonicalJson.ts"
import { sha256Hex } from "#core/json/sha256Hex.ts"
import type { Certificate, CertificateBody } from "./Certificate.ts"

/** Signs the canonical JSON of a certificate's body with the key of the home. */
export function signCertificate(
  body: CertificateBody,
  home: { readonly publicKey: string; sign(text: string): string }
): Certificate {
  const text = canonicalJson(body)
  return {
    ...body,
    hash: sha256Hex(text),
    signature: { algorithm: "Ed25519", publicKey: home.publicKey, value: home.sign(text) }
  }
}
