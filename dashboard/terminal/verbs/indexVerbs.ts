import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import type { TradabilityIndex } from "#pricing/index/tradabilityIndex.ts"
import { Indexes } from "#catalog/index/Indexes.ts"
import { table } from "../table.ts"
import type { Answer, Call, Verb } from "../Verb.ts"

const indexVerb: Verb<Indexes> = {
  usage: "index PRODUCT [--profile dcmm-8, dcmm-9]",
  about: "the tradability index: gates, domains, weakest link, what to do next",
  flags: ["profile"],
  words: 1,
  run: Effect.fn("index")(function* ({ words, flags }: Call) {
    const profile = flags["profile"] ?? "dcmm-8"
    if (profile !== "dcmm-8" && profile !== "dcmm-9") {
      return yield* new BadInput({
        code: "index.profile",
        message: "There is no such profile.",
        fix: "Write --profile dcmm-8 or --profile dcmm-9.",
        where: { field: "profile" }
      })
    }
    const index = yield* (yield* Indexes).index(words[0]!, profile)
    return { json: { product: words[0], ...index }, text: report(words[0]!, index) } satisfies Answer as Answer
  })
}

function report(product: string, index: TradabilityIndex): string {
  const score = (value: number): string => value.toFixed(2)
  return [
    `${product}: ${index.index.toFixed(1)} of 100, ${index.isTradable ? "tradable" : "not tradable"}${index.index === index.ungated ? "" : `; ${index.ungated.toFixed(1)} without the gates that failed`}`,
    `${index.profileName.en} (${index.profile}). ${index.method.en}.`,
    ...index.reasons.map(({ en }) => `  - ${en}`),
    `Weakest link: ${index.weakest.name.en}, ${score(index.weakest.score)}; geometric mean ${index.geometric.toFixed(1)}`,
    "",
    table(
      ["gate", "", "verdict", "until", "evidence"],
      index.gates.map(({ id, name, passed, state, expiresAt, evidence }) => [
        id,
        name.en,
        passed ? "pass" : state === "measured" ? "FAIL" : `FAIL (${state})`,
        expiresAt?.slice(0, 10) ?? "",
        evidence.at(-1)?.note ?? ""
      ])
    ),
    "",
    table(
      ["domain", "weight", "score", "item", "scores", "state", "evidence"],
      index.domains.flatMap(({ name, weight, score: own, items }) =>
        items.map((item, i) => [
          i === 0 ? name.en : "",
          i === 0 ? weight.toFixed(1) : "",
          i === 0 ? score(own) : "",
          item.name.en,
          score(item.score),
          item.state,
          item.evidence.at(-1)?.note ?? ""
        ])
      )
    ),
    "",
    "What gains the most:",
    ...index.next
      .slice(0, 8)
      .map(({ item, action, points }) => `  ${points.toFixed(1).padStart(5)}  ${item}: ${action.en}`)
  ].join("\n")
}

const evidence: Verb<Indexes> = {
  usage: "evidence PRODUCT --item I --value V --by NAME --note TEXT [--days D] [--demo]",
  about: "record what a person vouches for in an index; evidence --withdraw ID takes it back",
  flags: ["item", "value", "by", "note", "days", "demo?", "withdraw"],
  words: 0,
  run: Effect.fn("evidence")(function* ({ words, flags }: Call) {
    const indexes = yield* Indexes
    const text = (name: string): string => (flags[name] as string | undefined) ?? ""
    if (flags["withdraw"] !== undefined) {
      yield* indexes.withdraw(text("withdraw"))
      return { json: { withdrawn: text("withdraw") }, text: `Withdrawn: ${text("withdraw")}` }
    }
    if (words[0] === undefined) {
      return yield* new BadInput({
        code: "evidence.product",
        message: "Evidence is for a product.",
        fix: "Write assay evidence PRODUCT --item I --value V --by NAME --note TEXT.",
        where: { field: "product" }
      })
    }
    const id = yield* indexes.record({
      product: words[0],
      item: text("item"),
      value: text("value") === "" ? Number.NaN : Number(text("value")),
      signer: text("by"),
      note: text("note"),
      days: flags["days"] === undefined ? 365 : Number(text("days")),
      isDemo: flags["demo"] === true
    })
    return { json: { evidence: id }, text: `On record as ${id}.` }
  })
}

export const indexVerbs = { index: indexVerb, evidence }
