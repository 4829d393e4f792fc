import { createPublicKey, verify } from "node:crypto"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { Effect, Schema } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { Refused } from "#core/Refused.ts"
import { BackupManifest } from "./BackupManifest.ts"

/** Reads what a backup says that it holds. `BadInput` if the folder is none or was not finished, `Refused` if the text was changed. */
export const readManifest = Effect.fn("readManifest")(function* (folder: string) {
  const manifest = yield* Effect.try({
    try: () =>
      Schema.decodeUnknownSync(BackupManifest, { onExcessProperty: "error" })(
        JSON.parse(readFileSync(join(folder, "backup.json"), "utf8"))
      ),
    catch: () =>
      new BadInput({
        code: "backup.form",
        message: "This folder is no backup, or one that was not finished: its backup.json cannot be read.",
        fix: "Give the folder that assay backup named.",
        where: { file: folder }
      })
  })
  const { signature, ...unsigned } = manifest
  const sound = yield* Effect.sync(() => isSigned(canonicalJson(unsigned), manifest.publicKey, signature))
  if (sound) return manifest
  return yield* new Refused({
    code: "backup.signature",
    message: "backup.json was changed: its signature does not fit it.",
    fix: "Use another backup; this one cannot be trusted.",
    where: { file: "backup.json" }
  })
})

function isSigned(text: string, pem: string, signature: string): boolean {
  try {
    return verify(null, Buffer.from(text), createPublicKey(pem), Buffer.from(signature, "base64url"))
  } catch {
    return false
  }
}
