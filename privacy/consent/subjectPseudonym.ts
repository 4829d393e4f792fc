import { createHmac } from "node:crypto"

/** What tokens and receipts call a subject, 64 hexadecimal digits; without the salt it is nobody. */
export function subjectPseudonym(salt: Uint8Array): string {
  return createHmac("sha256", salt).update("grant-subject").digest("hex")
}
