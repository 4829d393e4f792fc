import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { join, relative, resolve } from "node:path"
import { DateTime, Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Home } from "#core/home/Home.ts"
import { newId } from "#core/ids/newId.ts"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { copyRecords } from "#core/records/copyRecords.ts"
import { Refused } from "#core/Refused.ts"
import { Unavailable } from "#core/Unavailable.ts"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import { quoteText } from "#core/warehouse/quoteText.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { BackupManifest } from "./BackupManifest.ts"
import { copyFile } from "./copyFile.ts"
import type { Copied } from "./copyFile.ts"
import { factsOf } from "./factsOf.ts"
import { filesIn } from "./filesIn.ts"

/** What is made anew, belongs to a process, or is copied in its own way. */
const apart = /^(tmp|keys|log|serving\.port|assay\.sock|warehouse\.duckdb.*|records\.sqlite.*)$/

/**
 * Copies a home into a new folder while it is worked on. The records and the log are of one moment, under one lock; the warehouse is a
 * snapshot of a later one, which may hold more than the records say and never less; the shelf only grows. Every file is hashed as it is
 * written, and a file of the shelf that is not what its name says stops the backup.
 *
 * The folder has its name only when it is whole: a backup that was killed leaves `DIR.partial`, which the next one removes.
 *
 * @param withKey  whether the home's keys go along, each file for its owner alone; whoever has them can sign in the home's name
 */
export const writeBackup = Effect.fn("writeBackup")(function* (folder: string, withKey: boolean) {
  const home = yield* Home
  const target = resolve(folder)
  if (existsSync(target)) return yield* taken(target)
  if (!relative(home.path, target).startsWith("..")) return yield* inside()
  const partial = `${target}.partial`
  yield* disk(() => {
    rmSync(partial, { recursive: true, force: true })
    mkdirSync(partial, { recursive: true, mode: 0o700 })
  })
  const createdAt = DateTime.formatIso(yield* DateTime.now)
  yield* copyRecords(home.recordsFile, join(partial, "records.sqlite"), () => {
    const log = join(home.path, "log")
    if (existsSync(log)) cpSync(log, join(partial, "log"), { recursive: true })
  })
  const tables = yield* copyWarehouse(join(partial, "warehouse.duckdb"))
  const names = ["records.sqlite", "warehouse.duckdb", ...filesIn(partial, "log")]
  const made = yield* Effect.forEach(names, (path) => settle(partial, path))
  const rest = yield* disk(() =>
    readdirSync(home.path)
      .filter((name) => !apart.test(name) || (withKey && name === "keys"))
      .flatMap((name) => filesIn(home.path, name))
  )
  const copied = yield* Effect.forEach(rest, (path) =>
    Effect.map(copy(join(home.path, path), join(partial, path)), (own) => ({ path, ...own }))
  )
  const files = [...made, ...copied]
  const wrong = files.find(({ path, sha256 }) => /^shelf\/[0-9a-f]{64}\.parquet$/.test(path) && !path.includes(sha256))
  if (wrong !== undefined) return yield* damaged(wrong.path)
  const unsigned = {
    format: "assay-backup/1" as const,
    createdAt,
    withKey,
    keyCheck: home.hmac("backup", "key"),
    publicKey: home.publicKey,
    facts: { ...(yield* disk(() => factsOf(join(partial, "records.sqlite")))), tables },
    files: files.toSorted((a, b) => (a.path < b.path ? -1 : 1))
  }
  const manifest: BackupManifest = { ...unsigned, signature: home.sign(canonicalJson(unsigned)) }
  yield* disk(() => {
    writeFileSync(join(partial, "backup.json"), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600, flush: true })
    renameSync(partial, target)
  })
  return { folder: target, manifest }
})

/** A transaction's view of everything, written as a database of its own beside the one that goes on being written. */
const copyWarehouse = Effect.fnUntraced(function* (target: string) {
  const home = yield* Home
  const warehouse = yield* Warehouse
  // The engine may write below the home only.
  const [name, file] = [newId("backup"), join(home.tmp, `${newId("backup")}.duckdb`)]
  const [database] = yield* warehouse.query<{ name: string }>("select current_database() as name")
  yield* Effect.acquireUseRelease(
    warehouse.script(`attach ${quoteText(file)} as ${quoteIdentifier(name)}`),
    () => warehouse.script(`copy from database ${quoteIdentifier(database!.name)} to ${quoteIdentifier(name)}`),
    () => Effect.ignore(warehouse.script(`detach ${quoteIdentifier(name)}`))
  )
  const [count] = yield* warehouse.query<{ n: number }>(
    "select count(*) as n from duckdb_tables() where database_name = current_database()"
  )
  yield* copy(file, target)
  yield* disk(() => rmSync(file))
  return count!.n
})

const copy = (from: string, to: string): Effect.Effect<Copied, Unavailable> =>
  Effect.tryPromise({ try: () => copyFile(from, to), catch: unwritten })

/** Writes a file anew that others have made, so that what was hashed is what is durable. */
const settle = Effect.fnUntraced(function* (root: string, path: string) {
  const [own, former] = [join(root, path), `${join(root, path)}.made`]
  yield* disk(() => renameSync(own, former))
  const copied = yield* copy(former, own)
  yield* disk(() => rmSync(former))
  return { path, ...copied }
})

const disk = <A>(body: () => A): Effect.Effect<A, Unavailable> => Effect.try({ try: body, catch: unwritten })

const unwritten = (cause: unknown): Unavailable =>
  new Unavailable({
    code: "backup.disk",
    message: `The backup could not be written (${(cause as { code?: string }).code ?? "error"}).`,
    fix: "Check that its disk has space and that the folder above it may be written. Nothing has its name yet."
  })

const taken = (target: string): Refused =>
  new Refused({
    code: "backup.exists",
    message: "There is something under the name of the backup already, and it is not overwritten.",
    fix: "Give a name that is free, such as one with the day in it.",
    where: { file: target }
  })

const inside = (): BadInput =>
  new BadInput({
    code: "backup.inside",
    message: "The backup would lie inside of the home that it is of.",
    fix: "Give a folder on another disk."
  })

const damaged = (file: string): Refused =>
  new Refused({
    code: "backup.damaged",
    message: `${file} holds other bytes than its name says, so the home is damaged and was not backed up.`,
    fix: "Restore that file from an earlier backup, then try again.",
    where: { file }
  })
