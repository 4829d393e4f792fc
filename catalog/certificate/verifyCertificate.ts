import { createHash, createPublicKey, verify } from "node:crypto"
import type { KeyObject } from "node:crypto"
import { Schema } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { Refused } from "#core/Refused.ts"
import { DeliveryCertificate } from "./DeliveryCertificate.ts"

/**
 * Checks the text of a certificate and that a file is the one it speaks of.
 *
 * @param file    SHA-256 and size in bytes of the file at hand
 * @param pinned  the seller's key as PEM, where it is known from elsewhere; without it the certificate's own key is only as
 *                trustworthy as the way the certificate came
 * @throws        BadInput if the text is no certificate; Refused if the signature, the key or the file is another
 */
export function verifyCertificate(
  certificate: string,
  file: { readonly sha256: string; readonly bytes: number },
  pinned?: string
): { readonly certificate: DeliveryCertificate; readonly keyFingerprint: string } {
  const read = decode(certificate)
  const { signature, ...unsigned } = read
  const key = readKey(read.seller.publicKey)
  const keyFingerprint = fingerprint(key)
  if (pinned !== undefined && fingerprint(readKey(pinned)) !== keyFingerprint) {
    throw refused("key", "The certificate is signed by another key than the one you expect.")
  }
  if (!verify(null, Buffer.from(canonicalJson(unsigned)), key, Buffer.from(signature, "base64url"))) {
    throw refused("signature", "The signature does not fit the certificate: something in it was changed.")
  }
  if (file.sha256 !== read.file.sha256 || file.bytes !== read.file.bytes) {
    throw refused("file", "The file is not the one that was delivered: its bytes differ from the certificate's.")
  }
  return { certificate: read, keyFingerprint }
}

function decode(text: string): DeliveryCertificate {
  try {
    // A member beyond the known ones would stand outside the signature's meaning.
    return Schema.decodeUnknownSync(DeliveryCertificate, { onExcessProperty: "error" })(JSON.parse(text))
  } catch {
    throw notCertificate()
  }
}

function readKey(pem: string): KeyObject {
  try {
    const key = createPublicKey(pem)
    if (key.asymmetricKeyType === "ed25519") return key
  } catch {
    // Told below: a text that is no key is as wrong as another kind of key.
  }
  throw notCertificate()
}

const fingerprint = (key: KeyObject): string =>
  createHash("sha256")
    .update(key.export({ type: "spki", format: "der" }))
    .digest("hex")

const notCertificate = (): BadInput =>
  new BadInput({
    code: "certificate.form",
    message: "This is not a certificate of a delivery, or its key is no Ed25519 key.",
    fix: "Give the file NAME.certificate.json that came with the delivery, exactly as it is."
  })

const refused = (field: string, message: string): Refused =>
  new Refused({
    code: `certificate.${field}`,
    message,
    fix: "Ask the seller to deliver the order again, and compare the key's fingerprint with the one the seller publishes.",
    where: { field }
  })
