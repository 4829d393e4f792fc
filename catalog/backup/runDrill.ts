import { mkdtempSync, rmSync } from "node:fs"
import { dirname, join } from "node:path"
import { Clock, Effect } from "effect"
import { Home } from "#core/home/Home.ts"
import { Refused } from "#core/Refused.ts"
import type { BackupManifest } from "./BackupManifest.ts"
import type { HomeCheck } from "./checkHome.ts"
import { Drills } from "./Drills.ts"
import { restoreBackup } from "./restoreBackup.ts"
import type { Restoring } from "./restoreBackup.ts"

/** Opens the home at a path as a house and holds it against what its backup said. */
export type CheckRestored<E, R> = (path: string, manifest: BackupManifest) => Effect.Effect<HomeCheck, E, R>

/** Restores a backup and checks it before it gets its name. `Refused` with what is wrong if it is not sound. */
export const restoreChecked = <E, R>(restoring: Restoring, check: CheckRestored<E, R>) =>
  restoreBackup(restoring, (partial, manifest) =>
    Effect.gen(function* () {
      const found = yield* check(partial, manifest)
      if (found.sound) return { check: found, manifest }
      return yield* new Refused({
        code: "restore.unsound",
        message: `What was restored is not sound: ${found.problems.slice(0, 3).join(" ")} Nothing has its name.`,
        fix: "Use another backup."
      })
    })
  )

/**
 * Restores a backup of this home into a folder of its own, checks it, takes the folder away and keeps the drill.
 *
 * @param begun  milliseconds since 1970 at which the backup began
 */
export const runDrill = Effect.fn("runDrill")(function* <E, R>(
  folder: string,
  manifest: BackupManifest,
  begun: number,
  check: CheckRestored<E, R>
) {
  const home = yield* Home
  const room = mkdtempSync(join(dirname(folder), ".assay-drill-"))
  const { check: found } = yield* restoreChecked(
    { from: folder, to: join(room, "home"), keys: join(home.path, "keys") },
    check
  ).pipe(Effect.ensuring(Effect.sync(() => rmSync(room, { recursive: true, force: true }))))
  const seconds = ((yield* Clock.currentTimeMillis) - begun) / 1000
  const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0)
  return yield* (yield* Drills).record({ ...found, files: manifest.files.length, bytes, seconds })
})
