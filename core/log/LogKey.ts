import { createHash, createPublicKey } from "node:crypto"
import { policyOfKey } from "./verifier/assay-verify.mjs"
import type { Policy } from "./verifier/assay-verify.mjs"

/** The key that signs the log's notes, and the log's name, which follows from the key. */
export interface LogKey {
  /** First line of every checkpoint; no other log has it. */
  readonly origin: string
  /** What others need to check the notes: name, id and public key in one text. @source C2SP signed-note, verifier keys */
  readonly verifier: string
  /** Accepts this log's notes, and asks for no witness. */
  readonly policy: Policy
  /** A signed note: the text, which ends with a newline, an empty line, and the signature line. */
  signNote(text: string): string
}

/** The id of a key: first four bytes of a hash of name, type and key. @source C2SP signed-note, signatures */
function keyId(name: string, type: number, key: Uint8Array): Buffer {
  return createHash("sha256").update(`${name}\n`).update(Uint8Array.of(type)).update(key).digest().subarray(0, 4)
}

/** The 32 bytes of an Ed25519 public key in PEM. */
function rawKey(pem: string): Buffer {
  return Buffer.from(createPublicKey(pem).export({ format: "jwk" }).x!, "base64url")
}

/** The verifier key of an Ed25519 key; type 1 is a log's, type 4 a witness's. */
export function verifierKey(name: string, type: 1 | 4, pem: string): string {
  const key = rawKey(pem)
  const encoded = Buffer.concat([Uint8Array.of(type), key]).toString("base64")
  return `${name}+${keyId(name, type, key).toString("hex")}+${encoded}`
}

/** One signature line of a note, with its newline. */
export function signatureLine(name: string, type: 1 | 4, pem: string, signature: Uint8Array): string {
  return `\u2014 ${name} ${Buffer.concat([keyId(name, type, rawKey(pem)), signature]).toString("base64")}\n`
}

/**
 * The log key over something that signs, such as Home.
 *
 * @param sign Ed25519 over the text, as base64url
 */
export function logKeyOf(home: { sign(text: string): string; readonly publicKey: string }): LogKey {
  const origin = `assay.local/${createHash("sha256").update(rawKey(home.publicKey)).digest("hex").slice(0, 16)}`
  const verifier = verifierKey(origin, 1, home.publicKey)
  return {
    origin,
    verifier,
    policy: policyOfKey(verifier),
    signNote: (text) =>
      `${text}\n${signatureLine(origin, 1, home.publicKey, Buffer.from(home.sign(text), "base64url"))}`
  }
}
