import { Effect, FileSystem, Path } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Evidences } from "#catalog/index/Evidences.ts"
import { Lifecycle } from "#catalog/life/Lifecycle.ts"
import type { ProductLife } from "#catalog/life/ProductLife.ts"
import { Vouchers } from "#catalog/life/Vouchers.ts"
import { stateNames } from "#catalog/life/stateNames.ts"
import { languageOf } from "../languageOf.ts"
import { flagText } from "../flagText.ts"
import { table } from "../table.ts"
import type { Answer, Call, Flags, Verb } from "../Verb.ts"
import { reviewText } from "./reviewText.ts"

type Needs = Evidences | Lifecycle | Vouchers | FileSystem.FileSystem | Path.Path

/** Who decides: a decision without a name is none. */
const byOf = (flags: Flags) =>
  flagText(flags, "by") === undefined
    ? Effect.fail(
        new BadInput({
          code: "life.by",
          message: "A decision is taken by somebody.",
          fix: "Add --by NAME; the one who approves is another than the one who submitted.",
          where: { field: "by" }
        })
      )
    : Effect.succeed(flagText(flags, "by")!)

const decisionOf = Effect.fnUntraced(function* ({ words, flags }: Call) {
  const reason = flagText(flags, "reason")
  return { product: words[0]!, by: yield* byOf(flags), ...(reason === undefined ? {} : { reason }) }
})

const said = (life: ProductLife, flags: Flags): Answer => {
  const language = languageOf(flags)
  const { product, state, contract, registration, listing, requestedBy, waitsFor } = life
  const lines = {
    zh: [
      `${product} 现为「${stateNames[state].zh}」，契约 ${contract}。`,
      ...(registration === null ? [] : [`登记编号 ${registration}`]),
      ...(listing === null ? [] : [`挂牌编号 ${listing}`]),
      ...(waitsFor === null
        ? []
        : [`${requestedBy ?? ""} 已提交，待另一人审批：assay product approve ${product} --by NAME`])
    ],
    en: [
      `${product} is ${stateNames[state].en}, contract ${contract}.`,
      ...(registration === null ? [] : [`Registration ${registration}`]),
      ...(listing === null ? [] : [`Listing ${listing}`]),
      ...(waitsFor === null
        ? []
        : [
            `${requestedBy ?? "Nobody yet"} asked for it; another one approves: assay product approve ${product} --by NAME`
          ])
    ]
  }
  return { json: life, text: lines[language].join("\n") }
}

const simple = (name: "submit" | "reject" | "suspend" | "retire", about: string): Verb<Needs> => ({
  usage: `product ${name} PRODUCT --by NAME [--reason TEXT]`,
  about,
  flags: ["by", "reason"],
  words: 1,
  run: Effect.fn(`product ${name}`)(function* (call: Call) {
    const decision = yield* decisionOf(call)
    return said(yield* (yield* Lifecycle)[name](decision), call.flags)
  })
})

const approve: Verb<Needs> = {
  usage: "product approve PRODUCT --by NAME [--register-only] [--reason TEXT]",
  about: "approve what another one submitted: register and list it, or register it only",
  flags: ["by", "reason", "register-only?"],
  words: 1,
  run: Effect.fn("product approve")(function* (call: Call) {
    const decision = yield* decisionOf(call)
    const registerOnly = call.flags["register-only"] === true
    return said(yield* (yield* Lifecycle).approve({ ...decision, registerOnly }), call.flags)
  })
}

const deprecate: Verb<Needs> = {
  usage: "product deprecate PRODUCT --on DAY --by NAME [--successor PRODUCT] [--reason TEXT]",
  about: "stop selling it, tell its buyers when it goes and what takes its place",
  flags: ["by", "on", "successor", "reason"],
  words: 1,
  run: Effect.fn("product deprecate")(function* (call: Call) {
    const decision = yield* decisionOf(call)
    const on = flagText(call.flags, "on") ?? ""
    if (!/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(on))
      return yield* new BadInput({
        code: "life.on",
        message: "A deprecation names the day from which the product may be retired.",
        fix: "Write --on 2027-01-31.",
        where: { field: "on" }
      })
    const successor = flagText(call.flags, "successor")
    const life = yield* (yield* Lifecycle).deprecate({
      ...decision,
      on,
      ...(successor === undefined ? {} : { successor })
    })
    return said(life, call.flags)
  })
}

const review: Verb<Needs> = {
  usage: "product review [PRODUCT]",
  about: "what waits for approval: gates with their evidence, index with its parts, expected price, privacy loss",
  flags: [],
  words: 0,
  run: Effect.fn("product review")(function* ({ words, flags }: Call) {
    const queue = yield* (yield* Lifecycle).queue
    const asked = words[0] === undefined ? queue : queue.filter(({ product }) => product === words[0])
    if (words[0] !== undefined && asked.length === 0) {
      // An unknown product is said to be unknown, not to wait for nothing.
      const life = yield* (yield* Lifecycle).of(words[0])
      return said(life, flags)
    }
    return { json: { waiting: asked }, text: reviewText(asked, languageOf(flags)) }
  })
}

const evidence: Verb<Needs> = {
  usage: "product evidence PRODUCT GATE --file FILE --by NAME [--value V --note TEXT] [--days D]",
  about: "record an assessment as a file: of one gate or item, or `all` that a YAML file speaks of",
  flags: ["file", "by", "value", "note", "days"],
  words: 2,
  run: Effect.fn("product evidence")(function* ({ words, flags, io }: Call) {
    const paths = yield* Path.Path
    const given = flagText(flags, "file")
    if (given === undefined)
      return yield* new BadInput({
        code: "evidence.file",
        message: "Evidence for a gate is a file.",
        fix: "Add --file assessment.yaml, or any other file with --value and --note.",
        where: { field: "file" }
      })
    const file = paths.resolve(io.cwd, given)
    const bytes = yield* Effect.mapError(
      (yield* FileSystem.FileSystem).readFile(file),
      () =>
        new BadInput({
          code: "file.missing",
          message: `${file} cannot be read.`,
          fix: "Check the path.",
          where: { file }
        })
    )
    const [value, note, days] = [flagText(flags, "value"), flagText(flags, "note"), flagText(flags, "days")]
    const recorded = yield* (yield* Evidences).recordFile({
      product: words[0]!,
      gate: words[1]!,
      by: yield* byOf(flags),
      name: paths.basename(file),
      bytes,
      ...(value === undefined ? {} : { value: Number(value) }),
      ...(note === undefined ? {} : { note }),
      ...(days === undefined ? {} : { days: Number(days) })
    })
    return {
      json: { recorded },
      text: recorded.map(({ item, evidence, digest }) => `${item}: ${evidence} (SHA-256 ${digest})`).join("\n")
    }
  })
}

const voucher: Verb<Needs> = {
  usage: "voucher ORDER",
  about: "the numbers of an order on the market: registration, listing, trade, delivery, settlement, voucher",
  flags: [],
  words: 1,
  run: Effect.fn("voucher")(function* ({ words, flags }: Call) {
    const own = yield* (yield* Vouchers).of(words[0]!)
    const language = languageOf(flags)
    return {
      json: own,
      text: table(
        { zh: ["环节", "编号", "时间"], en: ["stage", "number", "at"] }[language],
        own.stages.map(({ name, number, at }) => [name[language], number ?? "–", at ?? ""])
      )
    }
  })
}

export const lifeVerbs = {
  voucher,
  "product submit": simple(
    "submit",
    "ask for a draft to be listed, for a breaking version, or to go on after a suspension"
  ),
  "product approve": approve,
  "product reject": simple("reject", "send it back to its owner, with a reason"),
  "product suspend": simple("suspend", "stop selling it for now; rows of people are not handed over meanwhile"),
  "product deprecate": deprecate,
  "product retire": simple("retire", "end it, when nobody is entitled to it any more"),
  "product review": review,
  "product evidence": evidence
}
