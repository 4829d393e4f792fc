import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { sha256Hex } from "#core/json/sha256Hex.ts"
import { Refused } from "#core/Refused.ts"
import type { ColumnDomain } from "#core/release/ColumnDomain.ts"
import type { SynthesisRule } from "#core/release/SynthesisRule.ts"
import { rhoUnits } from "../dp/accounting/rhoUnits.ts"
import { zcdpRho } from "../dp/accounting/zcdpRho.ts"
import { binEdges } from "./encode/binEdges.ts"
import type { CodedColumn } from "./encode/CodedColumn.ts"
import { numberColumn } from "./encode/numberColumn.ts"
import { planColumns } from "./encode/planColumns.ts"
import type { ColumnPlan, OpenColumn } from "./encode/planColumns.ts"
import type { NoisyMarginals } from "./manifest/NoisyMarginals.ts"
import { reuseReadings } from "./manifest/reuseReadings.ts"
import type { Reading } from "./mechanism/Reading.ts"
import { shareToBuy } from "./mechanism/shareToBuy.ts"
import { compileRules } from "./rules/compileRules.ts"
import { ruleColumns } from "./rules/ruleColumns.ts"
import { ruleCuts } from "./rules/ruleCuts.ts"

/** What synthetic rows are to be made of, and at what loss. */
export interface SynthesisRequest {
  readonly algorithm: "independent" | "mst" | "aim"
  /** of AIM, a cheaper form; absent: AIM as published */
  readonly variant?: "top" | "oneshot"
  readonly domain: Readonly<Record<string, ColumnDomain>>
  readonly rules: ReadonlyArray<SynthesisRule>
  readonly epsilon: number
  readonly delta: number
  /** marginals of so many columns are to be good */
  readonly workload: number
  /** the most rows that one subject may have; 1 where the row itself is protected */
  readonly rowsPerSubject: number
  /** of a home: what is read, and how many rows are made; parts of what is asked */
  readonly asset?: string
  readonly statement?: string | undefined
  readonly rows?: number
}

/** A synthesis that can be charged and run. */
export interface SynthesisPlan extends ColumnPlan {
  /** SHA-256 of what is asked */
  readonly hash: string
  readonly request: SynthesisRequest
  /** of 2^-40 rho, all together */
  readonly units: bigint
  /** of them for finding out what is not publicly known of columns */
  readonly learningUnits: bigint
  /** for the selection of values; the rest of delta is that of the conversion from rho */
  readonly selectionDelta: number
  /** readings that earlier products paid, over the columns of this plan */
  readonly paid: ReadonlyArray<Reading>
}

/** Version of the mechanisms; part of the hash. */
const MECHANISM = "synthesis/1"
const LEARNING_SHARE = 10n
/** Below so many units the smallest part of a split would not buy a draw. */
const LEAST_UNITS = 1_000_000n

/**
 * Checks a synthesis against the public facts about its table, and derives its loss. Nothing is read.
 * @param earlier  noisy marginals of the same rows that were paid before: what they tell is not bought again
 */
export const planSynthesis = Effect.fn("planSynthesis")(function* (
  request: SynthesisRequest,
  header: ReadonlyArray<string>,
  earlier: ReadonlyArray<NoisyMarginals> = []
): Effect.fn.Return<SynthesisPlan, BadInput | Refused> {
  const { domain, rules, epsilon, delta } = request
  const stray = Object.entries(domain).find(
    ([name, own]) => !header.includes(name) && (typeof own === "number" || (own.type !== "key" && own.type !== "text"))
  )
  if (stray !== undefined) {
    return yield* new BadInput({
      code: "synth.domain",
      message: `The domain names the column ${stray[0]}, which the table does not have.`,
      fix: `Use its columns: ${header.join(", ")}.`,
      where: { field: stray[0] }
    })
  }
  const asked = yield* planColumns(domain, ruleCuts(rules))
  yield* checkRules(asked, rules)
  const { columns, paid } = reuseReadings(asked.columns, earlier, ruleColumns(rules))
  const plan = { columns, keys: asked.keys }
  const open = plan.columns.filter((column) => "need" in column)
  const selectionDelta = open.some(({ need }) => need === "values") ? delta / 2 : 0
  const whole = rhoUnits.limit(zcdpRho(epsilon, delta - selectionDelta))
  const learningUnits = open.length === 0 ? 0n : whole / LEARNING_SHARE
  const share = shareToBuy(request.algorithm, columns.length, request.workload, paid)
  const units = learningUnits + BigInt(Math.floor(Number(whole - learningUnits) * share))
  if (whole < LEAST_UNITS) {
    return yield* new Refused({
      code: "release.useless",
      message: `At epsilon ${epsilon} nothing of the table could be told from noise.`,
      fix: "Use a larger epsilon.",
      where: { field: "epsilon" }
    })
  }
  return {
    ...plan,
    hash: sha256Hex(canonicalJson({ mechanism: MECHANISM, ...request })),
    request,
    units,
    learningUnits,
    selectionDelta,
    paid
  }
})

/** Finds what is wrong with rules before anything is charged: rules speak of columns whose values are publicly known. */
const checkRules = Effect.fnUntraced(function* (
  { columns }: ColumnPlan,
  rules: ReadonlyArray<SynthesisRule>
): Effect.fn.Return<void, BadInput> {
  const known = columns.flatMap((column): ReadonlyArray<CodedColumn> => {
    if (!("need" in column)) return [column]
    return column.need === "quantiles" ? [evenly(column)] : []
  })
  const named = ruleColumns(rules)
  const missing = columns.find((column) => "need" in column && column.need !== "quantiles" && named.has(column.name))
  if (missing !== undefined) {
    return yield* new BadInput({
      code: "synth.rule",
      message: `A rule speaks of the column ${missing.name}, whose values are not publicly known.`,
      fix: "List its values, or give it lower and upper.",
      where: { field: missing.name }
    })
  }
  yield* compileRules(known, rules)
})

const evenly = (column: Extract<OpenColumn, { need: "bounds" | "quantiles" }>): CodedColumn =>
  numberColumn(column, binEdges(column.lower!, column.upper!, column.bins, column.cuts), column.missing)
