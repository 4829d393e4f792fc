import type { Label } from "../quote/Explanation.ts"
import type { IndexEvidence } from "./IndexEvidence.ts"
import { gates } from "./Profile.ts"
import type { Item, Profile } from "./Profile.ts"
import { wilsonLower } from "./wilsonLower.ts"

/** An item with its score and what it rests on. */
export interface ItemScore {
  readonly id: string
  readonly name: Label
  /** 0 to 1; 0 without evidence in date. */
  readonly score: number
  readonly state: "measured" | "missing" | "expired"
  readonly evidence: ReadonlyArray<IndexEvidence>
  /** ISO instant at which it expires; absent where there is none. */
  readonly expiresAt?: string
}

/** A gate with its verdict. */
export interface GateVerdict extends Omit<ItemScore, "score"> {
  readonly passed: boolean
  /** What to do where it failed. */
  readonly next: Label
}

/** Something to do and the points of the index that it can gain. */
export interface NextAction {
  readonly item: string
  readonly action: Label
  readonly points: number
}

/** The tradability index of a product at a moment. */
export interface TradabilityIndex {
  readonly profile: string
  readonly profileName: Label
  readonly method: Label
  /** 0 to 100: 0 if a gate failed. */
  readonly index: number
  /** What it would be with all gates passed. */
  readonly ungated: number
  /** The weighted geometric mean: a weak link shows. */
  readonly geometric: number
  readonly isTradable: boolean
  /** Why not, in words of the data. */
  readonly reasons: ReadonlyArray<Label>
  readonly gates: ReadonlyArray<GateVerdict>
  readonly domains: ReadonlyArray<{
    readonly id: string
    readonly name: Label
    readonly weight: number
    readonly score: number
    readonly items: ReadonlyArray<ItemScore>
  }>
  readonly weakest: { readonly id: string; readonly name: Label; readonly score: number }
  /** Gates first, then items by points. */
  readonly next: ReadonlyArray<NextAction>
}

const tradingDays = 90
const dayMillis = 86_400_000

/**
 * Works out the index: all gates passed x sum of weight x sub-score x 100, a pure function of an evidence snapshot. Missing and expired
 * evidence scores 0; of several pieces for an item the newest counts. Rates count at their Wilson lower bound.
 *
 * Before day 90 after the first listing the items that need trading history are left out, the weights renormalised over the rest, and
 * the profile is named so.
 *
 * @param listedSince  ISO instant of the first listing
 * @param at           ISO instant of the index
 * @source             pricing.md, Tradability index; an internal method referring to GB/T 36073 and ISO/IEC 25012
 */
export function tradabilityIndex(
  profile: Profile,
  evidence: ReadonlyArray<IndexEvidence>,
  listedSince: string,
  at: string
): TradabilityIndex {
  const isAfter = Date.parse(at) - Date.parse(listedSince) >= tradingDays * dayMillis
  const counted = profile.domains
    .map((domain) => ({ ...domain, items: domain.items.filter(({ phase }) => isAfter || phase === "before") }))
    .filter(({ items }) => items.length > 0)
  const total = counted.reduce((sum, { weight }) => sum + weight, 0)
  const domains = counted.map(({ id, name, weight, items }) => {
    const scored = items.map((item) => scoreItem(item, evidence, at))
    const itemWeights = items.reduce((sum, item) => sum + item.weight, 0)
    const score = scored.reduce((sum, one, i) => sum + one.score * items[i]!.weight, 0) / itemWeights
    return { id, name, weight: (100 * weight) / total, score, items: scored }
  })
  const verdicts = gates.map((gate): GateVerdict => {
    const { score, ...scored } = scoreItem({ ...gate, sampled: false }, evidence, at)
    return { ...scored, passed: score >= 1, next: gate.next }
  })
  const ungated = domains.reduce((sum, { weight, score }) => sum + weight * score, 0)
  const failed = verdicts.filter(({ passed }) => !passed)
  const weak = domains.filter(({ score }) => score < profile.leastSubScore)
  const index = failed.length === 0 ? ungated : 0
  const weakest = domains.reduce((a, b) => (b.score < a.score ? b : a))
  return {
    profile: `${profile.id}/${isAfter ? "after" : "before"}-day-90`,
    profileName: isAfter
      ? { zh: `${profile.name.zh}，含交易历史`, en: `${profile.name.en}, with trading history` }
      : {
          zh: `${profile.name.zh}，上架九十天内，不含交易历史`,
          en: `${profile.name.en}, before day 90, without trading history`
        },
    method: profile.method,
    index,
    ungated,
    geometric: 100 * Math.exp(domains.reduce((sum, { weight, score }) => sum + (weight / 100) * Math.log(score), 0)),
    isTradable: failed.length === 0 && weak.length === 0 && index >= profile.target,
    reasons: [
      ...failed.map(({ id, name }) => ({ zh: `${id} 未通过：${name.zh}`, en: `${id} failed: ${name.en}` })),
      ...weak.map(({ name }) => ({ zh: `${name.zh} 低于 0.60`, en: `${name.en} is below 0.60` })),
      ...(ungated < profile.target
        ? [{ zh: `低于目标 ${profile.target}`, en: `Below the target of ${profile.target}` }]
        : [])
    ],
    gates: verdicts,
    domains,
    weakest: { id: weakest.id, name: weakest.name, score: weakest.score },
    next: [...failed.map(({ id, next }) => ({ item: id, action: next, points: ungated })), ...actions(counted, domains)]
  }
}

function scoreItem(
  { id, name, validDays, sampled }: Pick<Item, "id" | "name" | "validDays" | "sampled">,
  all: ReadonlyArray<IndexEvidence>,
  at: string
): ItemScore {
  const own = all.filter(({ item }) => item === id)
  const expiryOf = ({ when, expiresAt }: IndexEvidence): number =>
    Math.min(Date.parse(when) + validDays * dayMillis, expiresAt === undefined ? Infinity : Date.parse(expiresAt))
  const valid = own.filter((one) => expiryOf(one) > Date.parse(at) && Date.parse(one.when) <= Date.parse(at))
  if (valid.length === 0) return { id, name, score: 0, state: own.length === 0 ? "missing" : "expired", evidence: own }
  // The newest, and of equally new ones the worst, so that the order of evidence does not matter.
  const newest = valid.reduce((a, b) =>
    b.when > a.when || (b.when === a.when && scoreOf(b, sampled) < scoreOf(a, sampled)) ? b : a
  )
  return {
    id,
    name,
    score: scoreOf(newest, sampled),
    state: "measured",
    evidence: valid,
    expiresAt: new Date(expiryOf(newest)).toISOString()
  }
}

function scoreOf({ value, trials }: IndexEvidence, sampled: boolean): number {
  const share = Math.min(1, Math.max(0, value.value))
  if (!sampled) return share
  // A rate that does not say of how many it was taken says nothing.
  return trials === undefined ? 0 : wilsonLower(share * trials.value, trials.value)
}

function actions(
  counted: ReadonlyArray<{ readonly items: ReadonlyArray<Item> }>,
  domains: TradabilityIndex["domains"]
): ReadonlyArray<NextAction> {
  return counted
    .flatMap(({ items }, d) => {
      const itemWeights = items.reduce((sum, item) => sum + item.weight, 0)
      return items.map((item, i) => ({
        item: item.id,
        action: item.next,
        points: (domains[d]!.weight * item.weight * (1 - domains[d]!.items[i]!.score)) / itemWeights
      }))
    })
    .filter(({ points }) => points > 0)
    .sort((a, b) => b.points - a.points || (a.item < b.item ? -1 : 1))
}
