import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Recalls } from "#catalog/recall/Recalls.ts"
import { languageOf } from "../languageOf.ts"
import { table } from "../table.ts"
import type { Flags, Verb } from "../Verb.ts"

const textFlag = (flags: Flags, name: string): Effect.Effect<string, BadInput> => {
  const flag = flags[name]
  if (typeof flag === "string" && flag !== "") return Effect.succeed(flag)
  return Effect.fail(
    new BadInput({ code: `flag.${name}`, message: `--${name} takes a name.`, fix: `Write --${name} NAME.` })
  )
}

const recalls: Verb<Recalls> = {
  usage: "recalls [--buyer BUYER]",
  about: "signed notices that called versions back, and who has declared that nothing is left",
  flags: ["buyer"],
  words: 0,
  run: Effect.fn("recalls")(function* ({ flags }) {
    const buyer = flags["buyer"] === undefined ? undefined : yield* textFlag(flags, "buyer")
    const found = yield* (yield* Recalls).list(buyer)
    const zh = languageOf(flags) === "zh"
    const columns = zh
      ? ["通知", "订单", "买方", "产品", "版本", "时间", "已声明删除"]
      : ["notice", "order", "buyer", "product", "version", "at", "declared deleted"]
    const rows = found.map((one) => [
      one.id,
      one.order,
      one.buyer,
      one.product,
      one.version,
      one.at.slice(0, 19),
      one.attestedAt?.slice(0, 19) ?? "–"
    ])
    return { json: { recalls: found }, text: table(columns, rows) }
  })
}

const attest: Verb<Recalls> = {
  usage: "attest NOTICE --buyer BUYER --by NAME",
  about: "take down that nothing of a version that was called back is left with its buyer",
  flags: ["buyer", "by"],
  words: 1,
  run: Effect.fn("attest")(function* ({ words, flags }) {
    const buyer = yield* textFlag(flags, "buyer")
    const attested = yield* (yield* Recalls).attest(words[0]!, buyer, yield* textFlag(flags, "by"))
    const zh = languageOf(flags) === "zh"
    return { json: attested, text: zh ? `已记录：${attested.at}` : `Taken down at ${attested.at}.` }
  })
}

export const recallVerbs = { recalls, attest }
