/**
 * The generated CRM: equipment sales of a manufacturer, software for small firms and cross-border goods for consumers,
 * two years back from the day before `asOf`. Same seed, day and number of subjects give the same tables.
 *
 * Subjects are 22 % manufacturers, 18 % software customers and 60 % buyers. They are drawn one after the other as rows
 * of integer codes in typed arrays, appended to a temporary table for each stream, and now and then spelled out by the
 * stream's SQL into its staging table. Both are emptied when full, so memory does not depend on the number of subjects.
 * What is wrong in the data on purpose, and how often, stands in `dirt.ts`.
 */
import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { seededBits } from "#core/random/BitSource.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import { drawCommerce } from "./drawCommerce.ts"
import { drawEquipment } from "./drawEquipment.ts"
import { drawGrant } from "./drawGrant.ts"
import { drawNames } from "./drawNames.ts"
import { drawSoftware } from "./drawSoftware.ts"
import { codeColumns, samplerOf } from "./Sampler.ts"
import type { CodedStream, Sampler } from "./Sampler.ts"
import { stageProducts, stagingOf } from "./Staging.ts"
import type { Staging } from "./Staging.ts"
import { wordLists } from "./wordLists.ts"

export interface SampleOptions {
  readonly seed: number
  /** Companies and individual buyers together, at least 10. */
  readonly subjects: number
  /** ISO day; everything that has happened lies before it. */
  readonly asOf: string
}

export interface StagedStream {
  readonly stream: CodedStream | "products"
  readonly rows: number
}

/** Subjects that are drawn before other work may go on. */
const block = 500

/** Rows at which typed arrays are emptied: few enough to hold, so many that opening an appender does not show. */
const full = 65_536

const coded = Object.keys(codeColumns) as ReadonlyArray<CodedStream>

/**
 * Fills `_stage.sample__<stream>`, all text columns, for every stream in one transaction.
 *
 * @param progress  told the share done in 0..1
 */
export const generateSample = Effect.fn("generateSample")(function* (
  options: SampleOptions,
  progress: (share: number) => void
): Effect.fn.Return<ReadonlyArray<StagedStream>, BadInput | WarehouseError, Warehouse> {
  yield* checked(options)
  const warehouse = yield* Warehouse
  const names = drawNames(options.seed)
  const sampler = samplerOf(seededBits(`sample ${options.seed}`), options.asOf, names)
  const words = wordLists(options.asOf, names)
  return yield* warehouse.transaction((tx) =>
    Effect.gen(function* () {
      const stagings: Array<Staging> = []
      for (const stream of coded) stagings.push(yield* stagingOf(tx, stream, words))
      for (let done = 0; done < options.subjects; done += block) {
        const to = Math.min(options.subjects, done + block)
        for (let i = done; i < to; i++) drawSubject(sampler, i / options.subjects)
        for (const staging of stagings) {
          const codes = sampler.tables[staging.stream]
          if (to === options.subjects || codes.length >= full) yield* staging.append(codes)
        }
        progress(to / options.subjects)
      }
      const products = yield* stageProducts(tx, words)
      for (const staging of stagings) yield* staging.finish
      return [
        ...stagings.map(({ stream, rows }): StagedStream => ({ stream, rows: rows() })),
        { stream: "products" as const, rows: products }
      ]
    })
  )
})

/** One subject of the business that owns this share of the population. */
function drawSubject(s: Sampler, share: number): void {
  if (share < 0.22) drawEquipment(s)
  else if (share < 0.4) drawSoftware(s)
  else drawCommerce(s)
  drawGrant(s, s.next.accounts - 1)
}

function checked({ asOf, subjects }: SampleOptions): Effect.Effect<void, BadInput> {
  if (!isDay(asOf))
    return Effect.fail(
      new BadInput({
        code: "sample.as_of",
        message: "The day that the sample is dated back from is no calendar day.",
        fix: "Give a day such as 2026-03-31."
      })
    )
  if (!Number.isInteger(subjects) || subjects < 10 || subjects > 5_000_000)
    return Effect.fail(
      new BadInput({
        code: "sample.subjects",
        message: "The number of subjects must be a whole number from 10 to 5,000,000.",
        fix: "Leave it out for the default of 20,000."
      })
    )
  return Effect.void
}

/** JavaScript reads 31 February as 3 March, so the day must come back as it was written. */
function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text
}
