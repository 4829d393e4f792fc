import { Effect } from "effect"
import { Automation } from "#pipelines/automation/Automation.ts"
import type { Evaluation } from "#pipelines/automation/evaluate.ts"
import type { StoredEvaluation } from "#pipelines/automation/Rule.ts"
import { languageOf } from "../languageOf.ts"
import { table } from "../table.ts"
import type { Call, Verb } from "../Verb.ts"

const add: Verb<Automation> = {
  usage: 'automation add NAME SELECT --when "missing or (newly_updated and cron(\\"0 6 * * *\\"))"',
  about:
    "let a serving home make assets by itself: missing, newly_updated, code_changed, arrived, late, cron in UTC; and, or, not",
  flags: ["when"],
  words: 2,
  run: Effect.fn("automation add")(function* ({ words, flags }: Call) {
    const [name, ...selection] = words
    const rule = {
      name: name!,
      selection: selection.join(" "),
      condition: String(flags["when"] ?? "missing or newly_updated")
    }
    yield* (yield* Automation).add(rule)
    const zh = languageOf(flags) === "zh"
    return {
      json: rule,
      text: zh
        ? `已添加规则 ${rule.name}：${rule.selection}，条件 ${rule.condition}。`
        : `${rule.name} makes ${rule.selection} when ${rule.condition}.`
    }
  })
}

const remove: Verb<Automation> = {
  usage: "automation remove NAME",
  about: "take a rule away",
  flags: [],
  words: 1,
  run: Effect.fn("automation remove")(function* ({ words, flags }: Call) {
    yield* (yield* Automation).remove(words[0]!)
    return {
      json: { removed: words[0] },
      text: languageOf(flags) === "zh" ? `已删除规则 ${words[0]}。` : `${words[0]} is gone.`
    }
  })
}

const list: Verb<Automation> = {
  usage: "automation list",
  about: "the rules by which a serving home makes assets by itself",
  flags: [],
  words: 0,
  run: Effect.fn("automation list")(function* ({ flags }: Call) {
    const rules = yield* (yield* Automation).rules
    const zh = languageOf(flags) === "zh"
    const none = zh ? "还没有规则。" : "There are no rules yet."
    const heading = zh ? ["规则", "资产", "条件"] : ["rule", "assets", "when"]
    return {
      json: { rules },
      text:
        rules.length === 0
          ? none
          : table(
              heading,
              rules.map(({ name, selection, condition }) => [name, selection, condition])
            )
    }
  })
}

const why: Verb<Automation> = {
  usage: "automation why ASSET",
  about: "why an asset was, or was not, asked for: the last answers as a tree",
  flags: [],
  words: 1,
  run: Effect.fn("automation why")(function* ({ words, flags }: Call) {
    const found = yield* (yield* Automation).why(words[0]!)
    const language = languageOf(flags)
    const none =
      language === "zh"
        ? "没有规则评估过它，或服务尚未运行。"
        : "No rule has looked at it: add one, and let `assay serve` run."
    return {
      json: { asset: words[0], evaluations: found },
      text: found.length === 0 ? none : found.map((one) => answered(one, language)).join("\n")
    }
  })
}

const outcomes = {
  en: { requested: "asked for", not_met: "not asked for", repeated: "asked for before, and nothing changed since" },
  zh: { requested: "已请求", not_met: "未请求", repeated: "此前已请求，之后没有变化" }
} as const

const answered = ({ rule, at, until, outcome, tree }: StoredEvaluation, language: "zh" | "en"): string => {
  const when = at === until ? at.slice(0, 19) : `${at.slice(0, 19)} … ${until.slice(0, 19)}`
  return [`${when}  ${rule}: ${outcomes[language][outcome]}`, ...branches(tree, language, 1)].join("\n")
}

function branches(
  { condition, met, because, parts = [] }: Evaluation,
  language: "zh" | "en",
  depth: number
): ReadonlyArray<string> {
  return [
    `${"  ".repeat(depth)}${met ? "+" : "-"} ${condition}: ${because[language]}`,
    ...parts.flatMap((part) => branches(part, language, depth + 1))
  ]
}

export const automationVerbs = {
  "automation add": add,
  "automation remove": remove,
  "automation list": list,
  "automation why": why
}
