import { Effect, FileSystem, Schedule } from "effect"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { sha256Hex } from "#core/json/sha256Hex.ts"
import { Refused } from "#core/Refused.ts"
import { Unavailable } from "#core/Unavailable.ts"
import { deltaUnits } from "../../budget/deltaUnits.ts"
import { rhoUnits } from "../accounting/rhoUnits.ts"

/** One charge; `previous` is the hash of the line before, so that no line can be left out or changed unseen. */
interface Line {
  readonly release: string
  readonly at: string
  readonly plan: string
  /** units of 2^-40 rho */
  readonly rho: string
  /** units of 2^-60 */
  readonly delta: string
  readonly previous: string
}

export interface FileCharge {
  readonly release: string
  readonly at: string
  readonly plan: string
  readonly rhoUnits: bigint
  readonly delta: number
}

/** What is spent after a charge. */
export interface FileBudget {
  readonly spentUnits: bigint
  readonly leftUnits: bigint
}

/** eps 10 at delta 1e-9, as in a home. */
const CAP = rhoUnits.limitOfDecimal("1.0907857")
const DELTA_CAP = 1e-4

const unsound = (file: string, line: number): Refused =>
  new Refused({
    code: "ledger.unsound",
    message: `Line ${line} of ${file} does not follow from the lines before it.`,
    fix: "Restore the ledger from a backup: without it nobody knows what was spent on these subjects.",
    where: { file, line }
  })

/**
 * Charges the ledger that lies beside a data file, before anything of the file is read into a release.
 *
 * The ledger is locked by a second file while it is read and written, so that two processes never overdraw it together.
 * @param file  path of the ledger
 */
export const chargeFile = Effect.fn("chargeFile")(
  function* (file: string, charge: FileCharge) {
    const files = yield* FileSystem.FileSystem
    const text = (yield* files.exists(file)) ? yield* files.readFileString(file) : ""
    const lines = text.split("\n").filter((line) => line !== "")
    let [spent, spentDelta, previous] = [0n, 0n, ""]
    for (const [i, json] of lines.entries()) {
      const line = yield* parseLine(file, i + 1, json)
      if (line.previous !== previous) return yield* unsound(file, i + 1)
      spent += BigInt(line.rho)
      spentDelta += BigInt(line.delta)
      previous = sha256Hex(json)
    }
    const delta = deltaUnits.charge(charge.delta)
    const left = CAP - spent
    if (charge.rhoUnits > left || spentDelta + delta > deltaUnits.charge(DELTA_CAP)) {
      const show = (units: bigint): string => rhoUnits.toRho(units).toPrecision(5)
      return yield* new Refused({
        code: "budget.exhausted",
        message: `The release asks for rho ${show(charge.rhoUnits)}, but ${show(left)} is left of the cap ${show(CAP)} that all releases of this file share for all time.`,
        fix: `Lower epsilon until the release needs at most rho ${show(left)}, or use the releases that exist.`,
        where: { file, field: "epsilon" }
      })
    }
    const line: Line = {
      release: charge.release,
      at: charge.at,
      plan: charge.plan,
      rho: String(charge.rhoUnits),
      delta: String(delta),
      previous
    }
    yield* files.writeFileString(file, `${canonicalJson(line)}\n`, { flag: "a" })
    return { spentUnits: spent + charge.rhoUnits, leftUnits: left - charge.rhoUnits } satisfies FileBudget as FileBudget
  },
  (work, file) =>
    Effect.flatMap(FileSystem.FileSystem, (files) =>
      Effect.acquireUseRelease(
        Effect.retry(files.writeFileString(`${file}.lock`, "", { flag: "wx" }), {
          times: 100,
          schedule: Schedule.spaced("50 millis")
        }),
        () => work,
        () => Effect.ignore(files.remove(`${file}.lock`))
      )
    ),
  Effect.catchTag("PlatformError", ({ reason }) =>
    Effect.fail(
      new Unavailable({
        code: "ledger.write",
        message: `The ledger beside the file could not be written (${reason._tag}); nothing was read and nothing released.`,
        fix: "Make the folder writable, and remove the .lock file if no other process is at work; or use --no-ledger."
      })
    )
  )
)

const parseLine = (file: string, number: number, json: string): Effect.Effect<Line, Refused> =>
  Effect.try({
    try: () => {
      const line = JSON.parse(json) as Line
      if (!/^\d+$/.test(line.rho) || !/^\d+$/.test(line.delta)) throw new RangeError("not a charge")
      return line
    },
    catch: () => unsound(file, number)
  })
