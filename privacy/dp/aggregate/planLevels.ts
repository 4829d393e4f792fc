import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Refused } from "#core/Refused.ts"
import type { ReleaseSpec } from "#core/release/ReleaseSpec.ts"
import type { PlannedKey, PlannedMeasure } from "./AggregatePlan.ts"
import type { TableFacts } from "./TableFacts.ts"

const MOST_LEVELS = 5

/** Checks `top` and `levels`: names that exist, and levels only where every cell is published and figures cannot be negative. */
export const planLevels = Effect.fnUntraced(function* (
  { top, levels }: ReleaseSpec,
  table: TableFacts,
  keys: ReadonlyArray<PlannedKey>,
  measures: ReadonlyArray<PlannedMeasure>
): Effect.fn.Return<ReadonlyArray<ReadonlyArray<number>> | undefined, BadInput | Refused> {
  if (top !== undefined && !measures.some(({ name }) => name === top.by)) {
    return yield* new BadInput({
      code: "release.top",
      message: `top.by names ${top.by}, which is not a measure of the release.`,
      fix: `Name one of ${measures.map(({ name }) => name).join(", ")}.`,
      where: { asset: table.asset, field: "release.top.by" }
    })
  }
  if (top?.peel === true) yield* checkPeel(top, table, keys, measures, levels !== undefined && levels.length > 0)
  if (levels === undefined || levels.length === 0) return undefined
  const where = { asset: table.asset, field: "release.levels" }
  if (keys.some(({ domain }) => domain === undefined)) {
    return yield* new Refused({
      code: "release.levels",
      message:
        "Levels are measured beside the cells, and with selected keys some cells are not published, so sums could not agree.",
      fix: "Give every key a public list or range, or leave levels out.",
      where
    })
  }
  const unfit = measures.find(({ statistic, lower }) => statistic !== undefined || lower < 0)
  if (unfit !== undefined) {
    return yield* new Refused({
      code: "release.levels",
      message: `Levels make cells non-negative sums of each other, which ${unfit.name} cannot be.`,
      fix: "Use levels with counts and with sums whose lower bound is at least 0.",
      where
    })
  }
  const placed = levels.map((level) => level.map((name) => keys.findIndex((key) => key.name === name)))
  const fits = placed.every(
    (level) => !level.includes(-1) && new Set(level).size === level.length && level.length < keys.length
  )
  if (!fits || levels.length > MOST_LEVELS) {
    return yield* new BadInput({
      code: "release.levels",
      message: `Each of at most ${MOST_LEVELS} levels names some, not all, of the keys in \`by\`, each once.`,
      fix: "Write levels such as [[region], []]; the empty one is the total.",
      where
    })
  }
  return placed
})

const MOST_PEELED = 100

/** A peeled top chooses among public cells by a total of which one subject can move each by a bounded amount. */
const checkPeel = Effect.fnUntraced(function* (
  { by, k }: NonNullable<ReleaseSpec["top"]>,
  table: TableFacts,
  keys: ReadonlyArray<PlannedKey>,
  measures: ReadonlyArray<PlannedMeasure>,
  levelled: boolean
): Effect.fn.Return<void, Refused> {
  const refuse = (message: string, fix: string): Refused =>
    new Refused({ code: "release.top", message, fix, where: { asset: table.asset, field: "release.top" } })
  const cells = keys.reduce((product, { domain }) => product * (domain?.values.length ?? 1), 1)
  if (keys.length === 0 || keys.some(({ domain }) => domain === undefined)) {
    return yield* refuse(
      "A peeled top chooses among public cells, and a selected key has values that are not public.",
      "Give every key a public list or range, or leave peel out: a choice among released figures costs nothing."
    )
  }
  if (measures.find(({ name }) => name === by)?.statistic !== undefined) {
    return yield* refuse(
      `The cells of a peeled top are chosen by a total, which ${by} is not.`,
      "Choose by a count or a sum."
    )
  }
  if (levelled || k >= cells || k > MOST_PEELED) {
    return yield* refuse(
      `A peeled top chooses at most ${MOST_PEELED} and fewer than all of the ${cells} cells, and has no levels.`,
      "Lower k, leave peel out, or leave levels out."
    )
  }
})
