import { createHmac, createPrivateKey, createPublicKey } from "node:crypto"
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs"
import { join, resolve } from "node:path"
import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Refused } from "#core/Refused.ts"
import { Unavailable } from "#core/Unavailable.ts"
import type { BackupManifest } from "./BackupManifest.ts"
import { copyFile } from "./copyFile.ts"
import { readManifest } from "./readManifest.ts"

/** Where a backup is to become a home. */
export interface Restoring {
  readonly from: string
  readonly to: string
  /** The folder with `home.key` and `signing.pem`, for a backup without them. */
  readonly keys?: string
}

/**
 * Makes a home of a backup: every file is hashed as it is copied, and the first that differs is named. The new home stands under `TO.partial`
 * until `settle` has found it sound; a home that is there is never touched.
 *
 * @param settle  opens and checks what was copied, before it gets its name
 */
export const restoreBackup = Effect.fn("restoreBackup")(function* <A, E, R>(
  { from, to, keys }: Restoring,
  settle: (partial: string, manifest: BackupManifest) => Effect.Effect<A, E, R>
) {
  const [source, target] = [resolve(from), resolve(to)]
  if (existsSync(target) && readdirSync(target).length > 0) return yield* taken(target)
  const manifest = yield* readManifest(source)
  const partial = `${target}.partial`
  yield* disk(() => {
    rmSync(partial, { recursive: true, force: true })
    mkdirSync(partial, { recursive: true, mode: 0o700 })
  })
  const undo = Effect.sync(() => rmSync(partial, { recursive: true, force: true }))
  return yield* Effect.gen(function* () {
    for (const { path, sha256 } of manifest.files) {
      if (!existsSync(join(source, path))) return yield* damaged(path, "is missing")
      const copied = yield* Effect.tryPromise({
        try: () => copyFile(join(source, path), join(partial, path)),
        catch: unwritten
      })
      if (copied.sha256 !== sha256) return yield* damaged(path, "holds other bytes than were backed up")
    }
    if (!manifest.withKey) yield* bringKeys(partial, keys)
    yield* checkKeys(partial, manifest)
    const settled = yield* settle(partial, manifest)
    yield* disk(() => {
      if (existsSync(target)) rmSync(target, { recursive: true })
      renameSync(partial, target)
    })
    return settled
  }).pipe(Effect.onError(() => undo))
})

const bringKeys = Effect.fnUntraced(function* (partial: string, keys: string | undefined) {
  if (keys === undefined) {
    return yield* new BadInput({
      code: "backup.keys",
      message: "The backup was made without the keys of its home, and a home does not open without them.",
      fix: "Give the folder in which home.key and signing.pem were kept with --keys FOLDER.",
      where: { field: "keys" }
    })
  }
  for (const name of ["home.key", "signing.pem"]) {
    yield* Effect.tryPromise({
      try: () => copyFile(join(resolve(keys), name), join(partial, "keys", name)),
      catch: () =>
        new BadInput({
          code: "backup.keys",
          message: `The folder given with --keys has no file ${name} that can be read.`,
          fix: "Give the folder keys of the home, as it was kept."
        })
    })
  }
})

/** Other keys would open the home and fit nothing in it. */
const checkKeys = Effect.fnUntraced(function* (partial: string, { keyCheck, publicKey }: BackupManifest) {
  const own = yield* disk(() => {
    const key = readFileSync(join(partial, "keys/home.key"))
    const pem = readFileSync(join(partial, "keys/signing.pem"), "utf8")
    return {
      check: createHmac("sha256", key).update("backup").update("\0").update("key").digest("hex"),
      publicKey: createPublicKey(createPrivateKey(pem)).export({ type: "spki", format: "pem" }).toString()
    }
  })
  if (own.check === keyCheck && own.publicKey === publicKey) return
  return yield* new Refused({
    code: "backup.keys",
    message: "These are the keys of another home than the backup is of.",
    fix: "Give the keys that were kept when it was made.",
    where: { field: "keys" }
  })
})

const disk = <A>(body: () => A): Effect.Effect<A, Unavailable> => Effect.try({ try: body, catch: unwritten })

const unwritten = (cause: unknown): Unavailable =>
  new Unavailable({
    code: "restore.disk",
    message: `The home could not be written (${(cause as { code?: string }).code ?? "error"}).`,
    fix: "Check that the disk has space and that the folder above the new home may be written. Nothing has its name yet."
  })

const taken = (target: string): Refused =>
  new Refused({
    code: "restore.exists",
    message: "There is a home, or something else, under that name already, and it is not overwritten.",
    fix: "Give a name that is free with --home, or move the old home away.",
    where: { file: target }
  })

const damaged = (path: string, what: string): Refused =>
  new Refused({
    code: "backup.damaged",
    message: `The backup is damaged: ${path} ${what}. Nothing was restored.`,
    fix: "Use another backup.",
    where: { file: path }
  })
