import { existsSync, readdirSync, rmSync } from "node:fs"
import { basename, dirname, join } from "node:path"
import { Clock, DateTime, Effect } from "effect"
import type { Scope } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Home } from "#core/home/Home.ts"
import { Refused } from "#core/Refused.ts"
import { Unavailable } from "#core/Unavailable.ts"
import { Drills } from "#catalog/backup/Drills.ts"
import { readManifest } from "#catalog/backup/readManifest.ts"
import { runDrill } from "#catalog/backup/runDrill.ts"
import { writeBackup } from "#catalog/backup/writeBackup.ts"
import type { Backups } from "../../../api/admin/Backups.ts"
import { RestoredHouse } from "./RestoredHouse.ts"

type Job = NonNullable<Backups["job"]>

/** Backups lie beside the home, unless the one who started the server says where. A page never names a path. */
const folderOf = (home: string): string =>
  process.env["ASSAY_BACKUPS"] ?? join(dirname(home), `${basename(home)}-backups`)

/** The backups of a served home, one under way at a time. */
export function backupViews() {
  let job: Job | null = null
  const step = (next: Partial<Job>): void => {
    if (job !== null) job = { ...job, ...next }
  }
  const state = Effect.fn("backupsState")(function* () {
    const folder = folderOf((yield* Home).path)
    const names = yield* Effect.sync(() => (existsSync(folder) ? readdirSync(folder).sort().toReversed() : []))
    const backups = yield* Effect.forEach(names, (name) =>
      readManifest(join(folder, name)).pipe(
        Effect.map(({ createdAt, files, withKey }) => [
          { name, createdAt, files: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0), withKey }
        ]),
        // What is no whole backup is not shown as one.
        Effect.orElseSucceed(() => [])
      )
    )
    return { folder, backups: backups.flat(), job, drills: yield* (yield* Drills).list } satisfies Backups as Backups
  })

  const work = Effect.fn("backUp")(function* (withDrill: boolean, at: string) {
    const begun = yield* Clock.currentTimeMillis
    const check = yield* RestoredHouse
    const name = at.replaceAll(/[-:]/g, "").replace(/\.\d+Z$/, "Z")
    const room = folderOf((yield* Home).path)
    // What a server that was stopped has left; nothing else writes there, and one is under way at a time.
    yield* Effect.sync(() => {
      if (!existsSync(room)) return
      for (const one of readdirSync(room))
        if (/\.partial$|^\.assay-drill-/.test(one)) rmSync(join(room, one), { recursive: true, force: true })
    })
    const { folder, manifest } = yield* writeBackup(join(room, name), false)
    if (!withDrill) return
    step({ step: "restoring" })
    yield* runDrill(folder, manifest, begun, (path, kept) => {
      step({ step: "checking" })
      return check(path, kept)
    })
  })

  const begin = Effect.fn("beginBackup")(function* (withDrill: boolean, by: string, scope: Scope.Scope) {
    if (job !== null && job.endedAt === null) return yield* underWay()
    const begunAt = DateTime.formatIso(yield* DateTime.now)
    job = { by, begunAt, endedAt: null, withDrill, step: "copying", problem: null }
    yield* work(withDrill, begunAt).pipe(
      Effect.matchCauseEffect({
        onSuccess: () => Effect.map(DateTime.now, (now) => step({ step: "done", endedAt: DateTime.formatIso(now) })),
        onFailure: (cause) =>
          Effect.map(DateTime.now, (now) =>
            step({ step: "failed", endedAt: DateTime.formatIso(now), problem: problemOf(cause) })
          )
      }),
      Effect.forkIn(scope)
    )
    return yield* state()
  })
  return { state, begin }
}

/** What is no failure of ours is told without its words: they may hold anything. */
function problemOf(cause: { readonly reasons: ReadonlyArray<unknown> }): NonNullable<Job["problem"]> {
  for (const reason of cause.reasons) {
    const error = typeof reason === "object" && reason !== null && "error" in reason ? reason.error : undefined
    if (error instanceof BadInput || error instanceof Refused || error instanceof Unavailable)
      return { code: error.code, message: error.message, fix: error.fix }
  }
  return {
    code: "backup.failed",
    message: "The backup did not end well.",
    fix: "Try again; if it stays so, look at the server's log."
  }
}

const underWay = (): Refused =>
  new Refused({
    code: "backup.running",
    message: "A backup is under way already.",
    fix: "Wait until it is done."
  })
