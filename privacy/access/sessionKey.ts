import { hkdfSync } from "node:crypto"

/**
 * The key of one session under one epoch of the policies, for keyed masks: what is hashed under it is equal within the session and cannot be
 * joined with what another one saw, nor with what the same one saw under other policies.
 *
 * @param master 32 bytes that never leave the process
 * @param session public name of the session
 * @param epoch names the policies in force
 * @returns 32 bytes as 64 hexadecimal digits
 * @source RFC 5869 with SHA-256; shared/design/consent.md, "Access"
 */
export function sessionKey(master: Uint8Array, session: string, epoch: string): string {
  // The lengths keep two names from running into each other.
  const info = `assay mask ${session.length} ${session} ${epoch.length} ${epoch}`
  return Buffer.from(hkdfSync("sha256", master, new Uint8Array(0), info, 32)).toString("hex")
}
