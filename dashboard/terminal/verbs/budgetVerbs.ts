import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Budget } from "#privacy/budget/Budget.ts"
import type { Loss } from "#privacy/budget/BudgetState.ts"
import { PersonalCaps } from "#privacy/budget/PersonalCaps.ts"
import { rhoUnits } from "#privacy/dp/accounting/rhoUnits.ts"
import { zcdpEpsilon } from "#privacy/dp/accounting/zcdpEpsilon.ts"
import { zcdpRho } from "#privacy/dp/accounting/zcdpRho.ts"
import { table } from "../table.ts"
import type { Call, Flags, Verb } from "../Verb.ts"

type Needs = Budget | PersonalCaps

/** The delta at which losses and caps are written as epsilon. */
const DELTA = 1e-9

const inWords = ({ rho, epsilon, delta }: Loss): string =>
  `rho ${rho.toFixed(6)}, (epsilon ${epsilon.toFixed(3)}, delta ${delta.toExponential(2)})`

const budget: Verb<Needs> = {
  usage: "budget [--product P] [--subject ID]",
  about: "privacy loss spent and left; of one subject, for that subject alone",
  flags: ["product", "subject"],
  words: 0,
  run: Effect.fn("budget")(function* ({ flags }) {
    if (typeof flags["subject"] === "string") return yield* ofSubject(flags["subject"])
    const { cap, spent, held, left, population, months, allMonths, ...rest } = yield* (yield* Budget).spent
    const raises = (yield* (yield* Budget).raises).map(({ rhoUnits: units, ...one }) => ({
      ...one,
      rho: rhoUnits.toRho(units)
    }))
    const matches = (name: string): boolean => flags["product"] === undefined || name === flags["product"]
    const products = rest.products.filter(({ product }) => matches(product))
    const subCaps = rest.subCaps.filter(({ scope, name }) => scope !== "product" || matches(name))
    const perMonth = months.map((own) => ({ month: own.month, spent: own.spent }))
    const lossRow = (name: string, releases: number, own: Loss): ReadonlyArray<string> => [
      name,
      String(releases),
      own.rho.toFixed(6),
      own.epsilon.toFixed(3)
    ]
    return {
      json: {
        population,
        cap,
        spent,
        held,
        left,
        products,
        buyers: rest.buyers,
        subCaps,
        raises,
        months: perMonth,
        allMonths
      },
      text: [
        `cap    ${inWords(cap)}`,
        `spent  ${inWords(spent)}`,
        ...(held.rho === 0 ? [] : [`held   ${inWords(held)} for releases that were ordered`]),
        `left   ${inWords(left)}`,
        "",
        table(
          ["product", "releases", "rho", "epsilon"],
          products.map((one) => lossRow(one.product, one.releases, one.spent))
        ),
        ...(rest.buyers.length === 0
          ? []
          : [
              "",
              table(
                ["for", "releases", "rho", "epsilon"],
                rest.buyers.map((one) => lossRow(one.buyer, one.releases, one.spent))
              )
            ]),
        ...(subCaps.length === 0
          ? []
          : [
              "",
              table(
                ["sub-cap of", "cap rho", "spent rho", "left rho"],
                subCaps.map((one) => [
                  `${one.scope} ${one.name}`,
                  one.cap.rho.toFixed(6),
                  one.spent.rho.toFixed(6),
                  one.left.rho.toFixed(6)
                ])
              )
            ]),
        ...raises.flatMap((one) => [
          "",
          `${one.askedBy} asked to raise the cap of the ${one.scope} ${one.name} to rho ${one.rho.toFixed(6)}; another one approves it: assay budget approve ${one.id} --by NAME`
        ]),
        ...(perMonth.length === 0
          ? []
          : [
              "",
              table(
                ["month by itself", "rho", "epsilon"],
                perMonth.map((one) => [one.month, one.spent.rho.toFixed(6), one.spent.epsilon.toFixed(3)])
              ),
              `Spent is what the cap holds down: all that touched subjects whole, and the fullest month. A subject that was there in all of these months has lost ${inWords(allMonths)}.`
            ])
      ].join("\n")
    }
  })
}

/** Nothing of anybody else is said, nor how many have a cap. */
const ofSubject = Effect.fnUntraced(function* (subject: string) {
  const { spentUnits, capUnits, releases } = yield* (yield* PersonalCaps).spentOf(subject)
  const loss = (units: bigint): { readonly rho: number; readonly epsilon: number } => {
    const rho = rhoUnits.toRho(units > 0n ? units : 0n)
    return { rho, epsilon: rho === 0 ? 0 : zcdpEpsilon(rho, DELTA) }
  }
  const [spent, cap] = [loss(spentUnits), capUnits === undefined ? null : loss(capUnits)]
  const left = capUnits === undefined ? null : loss(capUnits - spentUnits)
  const show = ({ rho, epsilon }: typeof spent): string => `rho ${rho.toFixed(6)} (epsilon ${epsilon.toFixed(3)})`
  return {
    json: { subject, spent, cap, left, releases, atMost: cap === null },
    text: [
      cap === null
        ? `spent  at most ${show(spent)}, in ${releases} charges: which of them used this subject's records is not kept`
        : `spent  ${show(spent)}, in ${releases} charges`,
      ...(cap === null || left === null
        ? ["This subject has set no cap of its own."]
        : [`cap    ${show(cap)}`, `left   ${show(left)}`]),
      "For this subject alone: show it to nobody else."
    ].join("\n")
  }
})

const badCap = (message: string): BadInput =>
  new BadInput({
    code: "flag.cap",
    message,
    fix: "Write admin cap --buyer B, --product P or --subject ID, with --epsilon 2 (at delta 1e-9) or --rho 0.05."
  })

/** What a cap allows, rounded down. */
const unitsOf = Effect.fnUntraced(function* (flags: Flags) {
  const [rho, epsilon] = [flags["rho"], flags["epsilon"]].map((flag) => (typeof flag === "string" ? flag : undefined))
  if ((rho === undefined) === (epsilon === undefined)) return yield* badCap("A cap is given as --rho or as --epsilon.")
  const text = rho ?? epsilon!
  if (!/^\d{1,3}(\.\d{1,12})?$/.test(text)) return yield* badCap("A cap is a plain number, such as 0.05.")
  if (rho !== undefined || Number(text) === 0) return rhoUnits.limitOfDecimal(text)
  return rhoUnits.limit(zcdpRho(Math.min(Number(text), 100), DELTA))
})

const cap: Verb<Needs> = {
  usage: "admin cap --buyer B | --product P | --subject ID (--epsilon E | --rho R) [--by NAME]",
  about:
    "limit what a buyer, a product or one subject may use of the budget; to raise the cap of a buyer or product takes two",
  flags: ["buyer", "product", "subject", "epsilon", "rho", "by"],
  words: 0,
  run: Effect.fn("admin cap")(function* ({ flags }: Call) {
    const named = (["buyer", "product", "subject"] as const).filter((scope) => typeof flags[scope] === "string")
    const [scope, another] = named
    if (scope === undefined || another !== undefined)
      return yield* badCap("A cap is that of one buyer, one product or one subject.")
    const name = String(flags[scope])
    const units = yield* unitsOf(flags)
    const rho = rhoUnits.toRho(units)
    const by = typeof flags["by"] === "string" ? flags["by"] : undefined
    const raise =
      scope === "subject"
        ? yield* (yield* PersonalCaps).set(name, units)
        : yield* (yield* Budget).limit({ scope, name, rhoUnits: units }, by)
    if (raise !== undefined) {
      return {
        json: { scope, name, rho, waits: raise.id, askedBy: raise.askedBy },
        text: `The cap of the ${scope} ${name} stays as it is until another one approves: assay budget approve ${raise.id} --by NAME`
      }
    }
    return {
      json: { scope, name, rho, waits: null },
      text: `The cap of the ${scope} ${name} is rho ${rho.toFixed(6)} for all time.`
    }
  })
}

const approve: Verb<Needs> = {
  usage: "budget approve ID --by NAME",
  about: "let a cap be raised that another one asked to raise",
  flags: ["by"],
  words: 1,
  run: Effect.fn("budget approve")(function* ({ words, flags }) {
    if (typeof flags["by"] !== "string") {
      return yield* new BadInput({
        code: "cap.by",
        message: "A decision is taken by somebody.",
        fix: "Add --by NAME; the one who approves is another than the one who asked.",
        where: { field: "by" }
      })
    }
    const { scope, name, rhoUnits: units, askedBy } = yield* (yield* Budget).approve(words[0]!, flags["by"])
    const rho = rhoUnits.toRho(units)
    return {
      json: { scope, name, rho, askedBy, approvedBy: flags["by"] },
      text: `The cap of the ${scope} ${name} is rho ${rho.toFixed(6)} for all time.`
    }
  })
}

/** What was spent of the budget, and the caps below the one that all share. */
export const budgetVerbs = { budget, "admin cap": cap, "budget approve": approve }
