import { createHmac } from "node:crypto"
import { describe, expect, it } from "vitest"
import { accessPolicies } from "#privacy/access/accessPolicies.ts"
import { AccessRules } from "#privacy/access/AccessRules.ts"
import { accessSchema } from "#privacy/access/accessSchema.ts"
import { sessionKey } from "#privacy/access/sessionKey.ts"

const master = new Uint8Array(32).fill(7)
const epochOf = (policies: Readonly<Record<string, string>>): string => new AccessRules(accessSchema, policies).epoch

describe("the key of a session", () => {
  it("is the same within it, and another one in every other session, epoch and house", () => {
    const own = sessionKey(master, "ses_a", "1")
    expect(sessionKey(master, "ses_a", "1")).toBe(own)
    expect(own).toMatch(/^[0-9a-f]{64}$/)
    const others = [
      sessionKey(master, "ses_b", "1"),
      sessionKey(master, "ses_a", "2"),
      sessionKey(new Uint8Array(32).fill(8), "ses_a", "1"),
      // Names that run into each other when they are joined.
      sessionKey(master, "ses_a 1", ""),
      sessionKey(master, "ses_", "a1"),
      sessionKey(master, "", "ses_a 1")
    ]
    expect(new Set([own, ...others]).size).toBe(1 + others.length)
  })

  it("changes when a policy does, since other policies are another epoch", () => {
    const before = epochOf(accessPolicies)
    const after = epochOf({ ...accessPolicies, "steward-hash": accessPolicies["steward-few"]! })
    expect(after).not.toBe(before)
    expect(sessionKey(master, "ses_a", after)).not.toBe(sessionKey(master, "ses_a", before))
  })

  it("is HKDF with SHA-256 as RFC 5869 writes it", () => {
    const mac = (key: Uint8Array, ...parts: ReadonlyArray<string | Uint8Array>): Buffer =>
      parts.reduce((hash, part) => hash.update(part), createHmac("sha256", key)).digest()
    const expanded = mac(mac(new Uint8Array(32), master), "assay mask 5 ses_a 1 1", new Uint8Array([1]))
    expect(sessionKey(master, "ses_a", "1")).toBe(expanded.toString("hex"))
  })
})
