import { createHmac, generateKeyPairSync, sign } from "node:crypto"
import { Effect, Layer } from "effect"
import { Home } from "#core/home/Home.ts"
import { Log } from "#core/log/Log.ts"
import { logMigrations } from "#core/log/migrations.ts"
import { Records } from "#core/records/Records.ts"
import { Consent } from "#privacy/consent/Consent.ts"
import type { Draft } from "#privacy/consent/Consent.ts"
import type { Grant } from "#privacy/consent/grant/Grant.ts"
import { Passkeys } from "#privacy/consent/grant/Passkeys.ts"
import { consentMigrations } from "#privacy/consent/migrations.ts"

const { privateKey, publicKey } = generateKeyPairSync("ed25519")

/** A home without a folder. */
export const testHome: Home["Service"] = {
  path: "",
  tmp: "",
  shelf: "",
  warehouseFile: ":memory:",
  recordsFile: ":memory:",
  key: Buffer.alloc(32, 1),
  hmac: (label, text) => createHmac("sha256", Buffer.alloc(32, 1)).update(`${label}\0${text}`).digest("hex"),
  sign: (text) => sign(null, Buffer.from(text), privateKey).toString("base64url"),
  publicKey: publicKey.export({ type: "spki", format: "pem" }).toString()
}

/** A passkey that signs whatever says `signed`. */
const passkeys = Layer.succeed(
  Passkeys,
  Passkeys.of({ verify: (_subj, _digest, _credential, { signature }) => Effect.succeed(signature === "signed") })
)

/** Consent over records in memory. */
export const consentLayer = Consent.layer.pipe(
  Layer.provideMerge(Layer.mergeAll(Log.memory, passkeys, Layer.succeed(Home, testHome))),
  Layer.provideMerge(Records.memory([...logMigrations, ...consentMigrations]))
)

export const permission: Grant["rules"][number] = {
  effect: "permit",
  actions: ["derive", "aggregate", "share"],
  purposes: ["dpv:ServiceProvision"],
  recipientClass: ["third-party"],
  categories: ["dpv-pd:Transactional"],
  onward: false
}

/** A grant that nothing stands against, for 1,000 seconds from `now`. */
export const grantOf = (draft: Draft, now: number, changes: Partial<Grant> = {}): Grant => ({
  v: 1,
  id: "g",
  controller: "shop",
  nbf: now,
  exp: now + 1000,
  rules: [permission],
  notice: { version: "1", lang: "en", sha256: "0".repeat(64) },
  basis: "consent",
  separateConsent: true,
  withdrawal: { method: "portal", mode: "freeze" },
  evidence: { kind: "E2", digest: "0".repeat(64) },
  jurisdiction: "CN",
  schema: "assay-grant-1",
  ...draft,
  ...changes
})
