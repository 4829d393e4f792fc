import type { Label } from "#pricing/quote/Explanation.ts"
import { lifeMoves } from "./LifeState.ts"
import type { LifeMove, LifeState } from "./LifeState.ts"
import { stateNames } from "./stateNames.ts"

/** What a move is decided on. Everything is read in the transaction that would write it. */
export interface LifeFacts {
  readonly actor: string
  /** Who asked for it; null where nobody has. */
  readonly requestedBy: string | null
  /** A version with something to sell stands on the shelf. */
  readonly hasVersion: boolean
  /** Gates that fail now, of G1 to G11. */
  readonly failedGates: ReadonlyArray<string>
  /** All gates passed, every sub-score high enough and the index at its target. */
  readonly isTradable: boolean
  /** Why it is not, in words of the index. */
  readonly reasons: ReadonlyArray<Label>
  /** Somebody in it said no, and it is not made again yet. */
  readonly isFrozen: boolean
  /** Orders that still entitle to something. */
  readonly entitled: number
  /** ISO day. */
  readonly today: string
  /** ISO day from which a deprecated product may be retired. */
  readonly endsOn: string | null
  /** What takes its place; whether that is on sale. */
  readonly successor: { readonly name: string; readonly isListed: boolean } | null
  readonly product: string
}

/** A reason why a move is not taken; `code` is that of the refusal. */
export interface LifeReason {
  readonly code: "life.move" | "life.version" | "life.approver" | "life.gates" | "life.index" | "life.frozen" | LifeEnd
  readonly label: Label
}
type LifeEnd = "life.ends" | "life.successor" | "life.entitled"

/** Gates without which nothing is registered: unlawful source, core data, disputed ownership. @source Shenzhen's registration rule */
const registrationGates: ReadonlyArray<string> = ["G1", "G3", "G7"]

/**
 * Decides a move of a product's life, a pure function of facts: all reasons against it, none if it may be taken.
 *
 * What puts a product on sale (register, list, resume) takes two people and the evidence; what takes it off takes one.
 *
 * @returns the state that it leads to, where there is no reason against it
 */
export function decideMove(
  state: LifeState,
  move: LifeMove,
  facts: LifeFacts
): { readonly to: LifeState; readonly reasons: ReadonlyArray<LifeReason> } {
  const { from, to } = lifeMoves[move]
  if (!(from as ReadonlyArray<LifeState>).includes(state)) return { to, reasons: [notFrom(state, to)] }
  return { to, reasons: guards[move](facts) }
}

const none: ReadonlyArray<LifeReason> = []

const guards: Readonly<Record<LifeMove, (facts: LifeFacts) => ReadonlyArray<LifeReason>>> = {
  submit: (facts) => version(facts),
  reject: () => none,
  register: (facts) => [...version(facts), ...secondPerson(facts), ...gates(facts, registrationGates)],
  list: (facts) => onSale(facts),
  suspend: () => none,
  resume: (facts) => onSale(facts),
  deprecate: ({ endsOn, today, successor, product }) => [
    ...(endsOn !== null && endsOn >= today ? none : [reason.ends(today)]),
    ...(successor === null || (successor.isListed && successor.name !== product) ? none : [reason.successor])
  ],
  retire: ({ endsOn, today, entitled }) => [
    ...(endsOn === null || endsOn <= today ? none : [reason.early(endsOn)]),
    ...(entitled === 0 ? none : [reason.entitled(entitled)])
  ]
}

const version = ({ hasVersion }: LifeFacts): ReadonlyArray<LifeReason> => (hasVersion ? none : [reason.version])

function secondPerson({ actor, requestedBy }: LifeFacts): ReadonlyArray<LifeReason> {
  if (requestedBy === null) return [reason.unasked]
  // One person in two spellings is still one person.
  return requestedBy.toLowerCase() === actor.toLowerCase() ? [reason.approver(actor)] : none
}

const gates = ({ failedGates }: LifeFacts, needed: ReadonlyArray<string>): ReadonlyArray<LifeReason> => {
  const failed = failedGates.filter((gate) => needed.includes(gate))
  return failed.length === 0 ? none : [reason.gates(failed)]
}

const onSale = (facts: LifeFacts): ReadonlyArray<LifeReason> => [
  ...version(facts),
  ...secondPerson(facts),
  ...gates(facts, facts.failedGates),
  ...(facts.failedGates.length > 0 || facts.isTradable
    ? none
    : facts.reasons.map((label): LifeReason => ({ code: "life.index", label }))),
  ...(facts.failedGates.length === 0 && !facts.isTradable && facts.reasons.length === 0 ? [reason.index] : none),
  ...(facts.isFrozen ? [reason.frozen] : none)
]

const notFrom = (state: LifeState, to: LifeState): LifeReason => ({
  code: "life.move",
  label: {
    zh: `产品处于「${stateNames[state].zh}」，不能变为「${stateNames[to].zh}」`,
    en: `It is ${stateNames[state].en}, from where it cannot become ${stateNames[to].en}`
  }
})

const reason = {
  version: {
    code: "life.version",
    label: { zh: "还没有可售的版本", en: "No version with anything to sell stands on the shelf" }
  },
  unasked: { code: "life.approver", label: { zh: "尚无人提交", en: "Nobody has submitted it" } },
  approver: (actor: string): LifeReason => ({
    code: "life.approver",
    label: {
      zh: `提交人 ${actor} 不能审批自己的提交`,
      en: `${actor} submitted it and cannot approve it as well: two people decide`
    }
  }),
  gates: (failed: ReadonlyArray<string>): LifeReason => ({
    code: "life.gates",
    label: { zh: `门槛未通过：${failed.join("、")}`, en: `Gates failed: ${failed.join(", ")}` }
  }),
  index: { code: "life.index", label: { zh: "可交易性指数未达标", en: "The tradability index is not at its target" } },
  frozen: {
    code: "life.frozen",
    label: { zh: "有主体撤回，正在重做", en: "Somebody in it said no, and it is not made again yet" }
  },
  ends: (today: string): LifeReason => ({
    code: "life.ends",
    label: { zh: `退市日期须为 ${today} 或之后`, en: `It ends on a day, ${today} or later` }
  }),
  early: (day: string): LifeReason => ({
    code: "life.ends",
    label: { zh: `${day} 才能退市`, en: `Buyers were told that it stays until ${day}` }
  }),
  successor: {
    code: "life.successor",
    label: { zh: "接替产品须为另一个已挂牌产品", en: "What takes its place is another product that is listed" }
  },
  entitled: (orders: number): LifeReason => ({
    code: "life.entitled",
    label: { zh: `仍有 ${orders} 个订单在授权期内`, en: `${orders} orders still entitle their buyers to it` }
  })
} as const satisfies Record<string, LifeReason | ((...given: never) => LifeReason)>
