import { Effect } from "effect"
import { Refused } from "#core/Refused.ts"
import { periodOf } from "#core/time/periodOf.ts"
import type { Period } from "#core/time/Period.ts"
import { Budget } from "#privacy/budget/Budget.ts"
import { capDate } from "#privacy/budget/capDate.ts"
import type { Cadence, CapDate } from "#privacy/budget/capDate.ts"
import type { BudgetState } from "#privacy/budget/BudgetState.ts"
import type { LedgerEntry } from "#privacy/budget/LedgerEntry.ts"
import { closedMonth } from "#privacy/dp/month/closedMonth.ts"
import { rhoUnits } from "#privacy/dp/accounting/rhoUnits.ts"
import type { AggregatePlan } from "#privacy/dp/aggregate/AggregatePlan.ts"
import { chargeOf } from "#privacy/dp/aggregate/chargeOf.ts"
import { planAggregate } from "#privacy/dp/aggregate/planAggregate.ts"
import type { PublicInfo } from "#privacy/dp/aggregate/PublicInfo.ts"
import type { TableFacts } from "#privacy/dp/aggregate/TableFacts.ts"
import { Census } from "#privacy/dp/census/Census.ts"
import type { SynthesisPlan } from "#privacy/synthesis/planSynthesis.ts"
import { paidMarginals } from "#privacy/synthesis/release/paidMarginals.ts"
import { planSynthetic } from "#privacy/synthesis/release/planSynthetic.ts"
import type { AssetColumn } from "../engine/Engine.ts"
import { Products } from "./Products.ts"
import type { ReleaseDefinition } from "./ReleaseDefinition.ts"
import { tableFactsOf } from "./tableFactsOf.ts"

/** A release that every rule lets pass, for one period. */
export interface PlannedRelease {
  readonly definition: ReleaseDefinition
  readonly plan: AggregatePlan
  readonly period: Period
  /** This plan was released in this period already: it will be given again, nothing drawn, nothing charged. */
  readonly stored: boolean
  readonly cap: CapDate
  /** Of synthetic rows: how they are made; `plan` is then their outline. */
  readonly synthesis?: SynthesisPlan
}

/**
 * Checks a release against the rules of the house from public and paid information only: bounds, keys, usefulness, and that the cap
 * lasts for 24 months if every product goes on at its own pace.
 *
 * @param columns  of the table to protect
 * @param asOf     ISO day that decides the period
 */
export const planRelease = Effect.fn("planRelease")(function* (
  definition: ReleaseDefinition,
  columns: ReadonlyArray<AssetColumn>,
  asOf: string
) {
  const budget = yield* Budget
  const census = yield* Census
  const table = yield* tableFactsOf(definition, columns)
  const monthly = definition.spec.unit === "subject_month"
  const period = monthly ? closedMonth(dayOf(definition, asOf)) : periodOf(asOf, definition.everyDays)
  const look = planOf(definition, table, period.id)
  const blind = yield* look(undefined)
  const { plan, synthesis } =
    blind.plan.prediction === undefined ? yield* look(yield* census.find(blind.plan, period.id)) : blind
  const stored = (yield* budget.find(plan.hash, period.id)) !== undefined
  const ledger = yield* budget.ledger
  const once = ledger.find((entry) => entry.product === definition.product && entry.month === period.id)
  if (monthly && once !== undefined && once.planHash !== plan.hash) return yield* twice(definition, once)
  const latest = ledger.findLast((entry) => entry.product === definition.product)?.period
  if (!stored && latest !== undefined && latest.length === period.id.length && latest > period.id) {
    return yield* past(definition, period.id, latest)
  }
  const state = yield* budget.spent
  const others = yield* othersPace(definition, asOf)
  const { chargeUnits } = plan.noise
  const own = { units: chargeUnits, everyDays: periodOf(asOf, definition.everyDays).days }
  // Each month has all of the cap for itself, less what touches subjects whole; the fullest month must always fit.
  const months = monthly ? others.monthUnits + chargeUnits : others.monthUnits
  const steady = state.capUnits - state.wholeUnits - most(months, fullestOf(state))
  const cap = capDate(steady + others.chargedAlready, monthly ? others.cadences : [own, ...others.cadences], asOf)
  const leftUnits = monthly ? state.capUnits - state.wholeUnits - unitsOf(state, period.id) : state.leftUnits
  if (!stored && chargeOf(plan).rhoUnits > leftUnits) return yield* tooMuch(definition, plan, leftUnits)
  if (!stored && !cap.lastsLongEnough) return yield* tooFast(definition, cap)
  return {
    definition,
    plan,
    period,
    stored,
    cap,
    ...(synthesis === undefined ? {} : { synthesis })
  } satisfies PlannedRelease as PlannedRelease
})

/** How a release would be made, given what is known of its population: an aggregate, or synthetic rows with their outline. */
const planOf = ({ spec, synthetic }: ReleaseDefinition, table: TableFacts, period: string) =>
  Effect.fnUntraced(function* (info: PublicInfo | undefined) {
    if (synthetic === undefined) return { plan: yield* planAggregate(spec, table, info) }
    const asked = yield* planSynthetic(synthetic, table, [])
    const { rowsPerSubject } = asked.synthesis.request
    const earlier = yield* paidMarginals({ asset: table.asset, period, rowsPerSubject, planHash: asked.outline.hash })
    const { outline, synthesis } = yield* planSynthetic(synthetic, table, earlier, info)
    return { plan: outline, synthesis }
  })

/**
 * What the other products go on charging, as they were last charged. Their releases of the running period are in the ledger already and
 * would be counted twice by a calendar that begins today, so they are told apart.
 */
const othersPace = Effect.fnUntraced(function* (own: ReleaseDefinition, asOf: string) {
  const ledger = yield* (yield* Budget).ledger
  const definitions = yield* (yield* Products).definitions
  const cadences: Array<Cadence> = []
  let [chargedAlready, monthUnits] = [0n, 0n]
  for (const other of definitions) {
    const last = ledger.findLast(({ kind, product }) => kind === "release" && product === other.product)
    if (last === undefined || other.product === own.product) continue
    const period = periodOf(asOf, other.everyDays)
    const units = BigInt(last.rhoUnits)
    if (last.month !== null) {
      monthUnits += units
      continue
    }
    cadences.push({ units, everyDays: period.days })
    if (last.period === period.id) chargedAlready += units
  }
  return { cadences, chargedAlready, monthUnits }
})

const most = (a: bigint, b: bigint): bigint => (a > b ? a : b)

const unitsOf = ({ months }: BudgetState, month: string): bigint =>
  months.find((own) => own.month === month)?.units ?? 0n

const fullestOf = ({ months }: BudgetState): bigint => months.reduce((fullest, { units }) => most(fullest, units), 0n)

/** The day that decides which month is over: where records are known to end earlier, the day after. */
function dayOf({ until }: ReleaseDefinition, asOf: string): string {
  if (until === undefined || until >= asOf) return asOf
  const next = new Date(Date.parse(`${until}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
  return next < asOf ? next : asOf
}

const twice = ({ product }: ReleaseDefinition, { month }: LedgerEntry): Refused =>
  new Refused({
    code: "release.month_released",
    message: `${product} has released ${month} already, and a month is released once: the data of one subject in it would appear in two releases.`,
    fix: `Put the release back as it was, wait until the next month is over, or write \`unit: subject_id\` to have it charged to subjects whole.`,
    where: { field: "release.unit" }
  })

const past = ({ product }: ReleaseDefinition, asked: string, latest: string): Refused =>
  new Refused({
    code: "release.past",
    message: `${product} was released for ${latest} already; a release for ${asked} would be made from later records and stand as the newest version.`,
    fix: "Run without --as-of, or with a day in a later period.",
    where: { field: "as-of" }
  })

const tooMuch = (definition: ReleaseDefinition, plan: AggregatePlan, left: bigint): Refused => {
  const [asked, rest] = [plan.noise.chargeUnits, left].map((units) => rhoUnits.toRho(units).toPrecision(4))
  return new Refused({
    code: "budget.exhausted",
    message: `The release of ${definition.product} asks for rho ${asked}, but ${rest} is left of the cap that all products and buyers share for all time.`,
    fix: `Lower epsilon until the release needs at most rho ${rest}, or sell the versions that exist.`,
    where: { field: "release.epsilon" }
  })
}

const tooFast = (definition: ReleaseDefinition, cap: CapDate): Refused =>
  new Refused({
    code: "budget.cadence",
    message: `Released at this pace, ${definition.product} and the other products use the budget up in ${cap.months} months (on ${cap.runsOut}); a product must be able to go on for 24.`,
    fix: "Lower epsilon, or make it anew less often: a scenario.freshness of 92 days is quarterly, of 12 months yearly.",
    where: { field: "release.epsilon" }
  })
