import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { planProduct } from "#pipelines/release/planProduct.ts"
import type { ProductPlan } from "#pipelines/release/planProduct.ts"
import { failure } from "../api/failure.ts"
import { table } from "./table.ts"
import type { Answer } from "./Verb.ts"

type Language = "zh" | "en"

const words = {
  zh: {
    measures: ["指标", "预期误差", "相对误差中位数"],
    prior: "按公开信息与写明的先验预测",
    last: "按上一次发布（已付费）的带噪数值预测",
    none: "不超过 20 的 epsilon 都达不到这一误差。",
    stored: "本期已发布：不再抽取，也不再计费。"
  },
  en: {
    measures: ["measure", "expected error", "median relative error"],
    prior: "predicted from public information and the stated prior",
    last: "predicted from the noisy cells of the last release, which are paid for",
    none: "No epsilon up to 20 gives that error.",
    stored: "Released in this period already: nothing is drawn and nothing charged."
  }
} as const

/** Cells that are shown on a terminal; the document has all. */
const MOST_ROWS = 20

/** `plan PRODUCT`: the expected error of every cell, what epsilon a wanted error needs, and how long the cap lasts. */
export const planOfProduct = Effect.fn("planOfProduct")(function* (
  product: string | undefined,
  error: string | boolean | undefined,
  language: Language,
  asOf: string
) {
  const wanted = error === undefined ? undefined : shareOf(String(error))
  if (product === undefined || (wanted !== undefined && !(wanted > 0 && wanted < 10))) {
    return yield* new BadInput({
      code: "flag.error",
      message: "--error takes a relative error, and the plan of one product.",
      fix: "Write plan PRODUCT --error 5%."
    })
  }
  const { stale, ...plan } = yield* planProduct(product, asOf, wanted)
  const answer: Answer = {
    json: {
      ...plan,
      ...(wanted === undefined ? {} : { error: wanted }),
      ...(stale === undefined ? {} : { refused: { code: stale.code, message: stale.message, fix: stale.fix } })
    },
    text: [...textOf(plan, wanted, language), ...(stale === undefined ? [] : ["", stale.message, stale.fix])].join("\n")
  }
  return stale === undefined ? answer : { ...answer, exit: failure(stale).exit }
})

/** `5%` and `0.05` are the same. */
const shareOf = (text: string): number =>
  /^\d+(\.\d+)?%$/.test(text)
    ? Number(text.slice(0, -1)) / 100
    : /^(?:\d+(?:\.\d+)?|\.\d+)$/.test(text)
      ? Number(text)
      : Number.NaN

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`

function textOf(
  plan: Omit<ProductPlan, "stale">,
  wanted: number | undefined,
  language: Language
): ReadonlyArray<string> {
  const say = words[language]
  const names = plan.measures.map(({ name }) => name)
  const zh = language === "zh"
  const needed =
    plan.epsilonNeeded === null
      ? say.none
      : zh
        ? `达到 ${percent(wanted ?? 0)} 的误差需要 epsilon ${plan.epsilonNeeded}。`
        : `epsilon ${plan.epsilonNeeded} gives an error of ${percent(wanted ?? 0)}.`
  return [
    `${plan.product} ${plan.period}: epsilon ${plan.epsilon}, delta ${plan.delta}, rho ${plan.rho.toFixed(6)}`,
    ...(plan.state === "stored" ? [say.stored] : []),
    plan.basis.from === "prior" ? say.prior : say.last,
    table(
      say.measures,
      plan.measures.map((own) => [
        own.name,
        own.standIn === true ? "?" : own.absoluteError.toPrecision(3),
        percent(own.medianRelativeError)
      ])
    ),
    ...(plan.cells.length === 0
      ? []
      : [
          "",
          table(
            [...Object.keys(plan.cells[0]!.keys), ...names],
            plan.cells
              .slice(0, MOST_ROWS)
              .map(({ keys, errors }) => [
                ...Object.values(keys).map(String),
                ...names.map((name) => `±${errors[name]!.absolute.toPrecision(3)} (${percent(errors[name]!.relative)})`)
              ])
          ),
          ...(plan.cells.length > MOST_ROWS ? [`… ${plan.cells.length - MOST_ROWS}`] : [])
        ]),
    ...(wanted === undefined ? [] : [needed]),
    plan.runsOut === null
      ? zh
        ? "预算够用。"
        : "The budget lasts."
      : zh
        ? `按这一节奏，预算可用到 ${plan.runsOut}。`
        : `At this pace the budget lasts until ${plan.runsOut}.`
  ]
}
