import { resolve } from "node:path"
import { Clock, Effect } from "effect"
import type { Layer } from "effect"
import type { Home } from "#core/home/Home.ts"
import type { Warehouse } from "#core/warehouse/Warehouse.ts"
import { checkHome } from "#catalog/backup/checkHome.ts"
import type { HomeCheck } from "#catalog/backup/checkHome.ts"
import { Drills } from "#catalog/backup/Drills.ts"
import { restoreChecked, runDrill } from "#catalog/backup/runDrill.ts"
import type { CheckRestored } from "#catalog/backup/runDrill.ts"
import { writeBackup } from "#catalog/backup/writeBackup.ts"
import { table } from "../table.ts"
import type { Verb, VerbError } from "../Verb.ts"

type Checking = Effect.Services<ReturnType<typeof checkHome>>

const checkedText = ({ log, artefacts, tables }: HomeCheck): string =>
  `log of ${log.size} entries, ${artefacts} artefacts and ${tables} tables checked; journal, meter and privacy loss add up`

/** The verbs of backups. `house` opens a home with its warehouse. */
export const backupVerbs = (house: (path: string) => Layer.Layer<Checking, VerbError>) => {
  const check: CheckRestored<VerbError, never> = (path, manifest) =>
    Effect.scoped(Effect.provide(checkHome(manifest), house(path)))
  const backup: Verb<Home | Warehouse | Drills> = {
    usage: "backup DIR [--with-key] [--drill]",
    about: "copy the home into a new folder while it is worked on; --drill restores it elsewhere and checks it",
    flags: ["with-key?", "drill?"],
    words: 1,
    run: Effect.fn("backup")(function* ({ words, flags, io }) {
      const begun = yield* Clock.currentTimeMillis
      const withKey = flags["with-key"] === true
      const { folder, manifest } = yield* writeBackup(resolve(io.cwd, words[0]!), withKey)
      const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0)
      const keyLine = withKey
        ? "The home's keys are in it: whoever has the folder can open the home and sign in its name."
        : "The home's keys are NOT in it. Keep the folder keys of the home elsewhere: without them it cannot be restored."
      const lines = [`${folder}\n${manifest.files.length} files, ${bytes.toLocaleString("en")} bytes.`, keyLine]
      if (flags["drill"] !== true) return { json: { folder, manifest }, text: lines.join("\n") }
      const drill = yield* runDrill(folder, manifest, begun, check)
      return {
        json: { folder, manifest, drill },
        text: [...lines, `Drill: restored and sound (${checkedText(drill)}). Recorded as ${drill.id}.`].join("\n")
      }
    })
  }
  const restore: Verb<never> = {
    usage: "restore FROM --home TO [--keys FOLDER]",
    about: "make a home of a backup, after every file, the log, the journal and the privacy loss were checked",
    flags: ["keys"],
    words: 1,
    run: Effect.fn("restore")(function* ({ words, flags, io }) {
      const to = resolve(io.cwd, (flags["home"] as string | undefined) ?? ".assay")
      const keys = flags["keys"] as string | undefined
      const restoring = {
        from: resolve(io.cwd, words[0]!),
        to,
        ...(keys === undefined ? {} : { keys: resolve(io.cwd, keys) })
      }
      const { check: found, manifest } = yield* restoreChecked(restoring, check)
      return {
        json: { home: to, createdAt: manifest.createdAt, ...found },
        text: `${to} is as it was on ${manifest.createdAt}: ${checkedText(found)}.\nWhat was revoked after that is not in it: have those revocations entered again before anything is run or delivered.`
      }
    })
  }
  const drills: Verb<Drills> = {
    usage: "backup drills",
    about: "the restore drills so far",
    flags: [],
    words: 0,
    run: Effect.fn("backup drills")(function* () {
      const drills = yield* (yield* Drills).list
      return {
        json: { drills },
        text:
          drills.length === 0
            ? "No restore drill yet: assay backup DIR --drill."
            : table(
                ["drill", "at", "files", "bytes", "seconds", "sound"],
                drills.map((one) => [
                  one.id,
                  one.at.slice(0, 16),
                  String(one.files),
                  one.bytes.toLocaleString("en"),
                  one.seconds.toFixed(1),
                  String(one.sound)
                ])
              )
      }
    })
  }
  return { backup, restore, "backup drills": drills }
}
