import { Effect, FileSystem, Path } from "effect"
import { Home } from "#core/home/Home.ts"
import { Log } from "#core/log/Log.ts"
import { Records } from "#core/records/Records.ts"
import { Unavailable } from "#core/Unavailable.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { Budget } from "#privacy/budget/Budget.ts"
import { compareLedger } from "../audit/compareLedger.ts"
import { copyFromShelf } from "../delivery/copyFromShelf.ts"
import { Ledger } from "../ledger/Ledger.ts"
import { Usage } from "../usage/Usage.ts"
import type { BackupManifest } from "./BackupManifest.ts"
import { factsOf } from "./factsOf.ts"

/** What was checked in a home that was restored, and what is wrong with it: nothing in a sound one. */
export interface HomeCheck {
  readonly sound: boolean
  readonly problems: ReadonlyArray<string>
  readonly log: { readonly size: number; readonly root: string }
  readonly artefacts: number
  readonly tables: number
}

/**
 * Holds an opened home against what its backup said: the log verifies and is no shorter, the journal balances and equals the invoices, the meter
 * equals its events, the ledger of privacy loss is replayed and fits the log, every version on sale is on the shelf with its bytes, and the
 * warehouse has its tables.
 */
export const checkHome = Effect.fn("checkHome")(function* ({ facts }: Pick<BackupManifest, "facts">) {
  const home = yield* Home
  const log = yield* Log
  const { recordsFile } = home
  const restored = yield* Effect.sync(() => factsOf(recordsFile))
  yield* log.drain
  const verdict = yield* log.verify
  const { spentUnits, wholeUnits, months } = yield* (yield* Budget).spent
  const replayed = (yield* (yield* Budget).ledger).reduce((sum, { rhoUnits }) => sum + BigInt(rhoUnits), 0n)
  const booked = months.reduce((sum, { units }) => sum + units, wholeUnits)
  const { differences } = yield* compareLedger()
  const shelved = yield* artefacts()
  const [count] = yield* (yield* Warehouse).query<{ n: number }>(
    "select count(*) as n from duckdb_tables() where database_name = current_database()"
  )
  const problems = [
    ...(verdict.sound ? [] : [`The log is unsound: ${verdict.message ?? ""} (${verdict.file ?? ""})`]),
    ...(verdict.size < facts.logSize ? ["The log is shorter than it was."] : []),
    ...(yield* (yield* Ledger).problems),
    ...(yield* (yield* Usage).problems),
    ...(booked === replayed && spentUnits <= replayed ? [] : ["The ledger of privacy loss does not add up."]),
    ...(restored.spentUnits === facts.spentUnits ? [] : ["The privacy loss is not what it was."]),
    ...(restored.orders === facts.orders && restored.invoices === facts.invoices
      ? []
      : ["Orders or invoices are missing."]),
    ...differences.map(({ what, type, operation }) => `${type} ${operation} is ${what}.`),
    ...shelved.problems,
    ...(count!.n < facts.tables ? ["Tables of the warehouse are missing."] : [])
  ]
  const { size, root } = verdict
  return {
    sound: problems.length === 0,
    problems,
    log: { size, root },
    artefacts: shelved.checked,
    tables: count!.n
  } satisfies HomeCheck as HomeCheck
})

/** Every version that may still be sold or delivered, and what was made of it for offers. */
const artefacts = Effect.fnUntraced(
  function* () {
    const files = yield* FileSystem.FileSystem
    const paths = yield* Path.Path
    const { tmp } = yield* Home
    const wanted = yield* (yield* Records).read((db) =>
      db.all<{ artefact: string }>(
        `select artefact from product_version
       where status = 'listed' and id not in (select version_id from recalled_version)
       union select artefact from offer_artefact where version_id not in (select version_id from recalled_version)
       union select artefact from accuracy_release`
      )
    )
    const folder = yield* files.makeTempDirectoryScoped({ directory: tmp, prefix: "check-" })
    const problems = yield* Effect.forEach(wanted, ({ artefact }) =>
      copyFromShelf(artefact, paths.join(folder, "version")).pipe(
        Effect.map(() => [] as ReadonlyArray<string>),
        Effect.catch((error) =>
          Effect.succeed([error._tag === "PlatformError" ? `${artefact} cannot be read.` : error.message])
        )
      )
    )
    return { checked: wanted.length, problems: problems.flat() }
  },
  Effect.scoped,
  Effect.catchTag("PlatformError", (error) =>
    Effect.fail(
      new Unavailable({
        code: "restore.disk",
        message: `The shelf could not be read (${error.reason._tag}).`,
        fix: "Check that the disk has space and may be read."
      })
    )
  )
)
