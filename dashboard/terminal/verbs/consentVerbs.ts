import { Clock, Effect, FileSystem, Path } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Home } from "#core/home/Home.ts"
import type { VerifiedUse } from "#core/log/verifier/assay-verify.mjs"
import { Log } from "#core/log/Log.ts"
import { verifyGrants, verifyUses } from "#core/log/verifier/assay-verify.mjs"
import type { Records } from "#core/records/Records.ts"
import { Consent } from "#privacy/consent/Consent.ts"
import { acceptChange } from "#privacy/consent/grant/acceptChange.ts"
import { bundleGrants } from "#privacy/consent/grant/bundleGrants.ts"
import { draftGrant } from "#privacy/consent/grant/draftGrant.ts"
import type { FrozenArtefact } from "#privacy/consent/revocation/Affected.ts"
import { Revocations } from "#privacy/consent/revocation/Revocations.ts"
import { Uses } from "#privacy/consent/use/Uses.ts"
import { odrlView } from "#privacy/consent/view/odrlView.ts"
import { receiptView } from "#privacy/consent/view/receiptView.ts"
import { languageOf } from "../languageOf.ts"
import { table } from "../table.ts"
import type { Flags, Verb } from "../Verb.ts"
import { readText } from "./salesVerbs.ts"

type Needs = Consent | Home | Log | Records | Revocations | Uses | FileSystem.FileSystem | Path.Path
type Language = "zh" | "en"

/** The ordinal of the subject that `--subject` names. */
export const subjectOf = Effect.fnUntraced(function* (flags: Flags) {
  const id = flags["subject"]
  if (typeof id === "string" && id !== "") return yield* (yield* Consent).subject(id)
  return yield* new BadInput({
    code: "flag.subject",
    message: "--subject takes the id of a subject.",
    fix: "Give the id as it stands in the source, as in --subject c42."
  })
})

const grant: Verb<Needs> = {
  usage: "grant FILE [--as odrl|receipt]",
  about:
    "take a signed grant, or a JSON of what a subject allows that the house signs: { subject, rules, notice, evidence, ... }",
  flags: ["as"],
  words: 1,
  run: Effect.fn("grant")(function* ({ words, io, flags }) {
    const as = flags["as"]
    if (as !== undefined && as !== "odrl" && as !== "receipt") {
      const fix = "Write --as odrl, --as receipt, or leave it out."
      return yield* new BadInput({ code: "flag.as", message: "A grant is shown as odrl or as receipt.", fix })
    }
    const text = (yield* readText(words[0]!, io.cwd)).trim()
    const now = Math.floor((yield* Clock.currentTimeMillis) / 1000)
    const token = text.startsWith("{") ? yield* draftGrant(text, now) : text
    const { accepted: change, receipt } = yield* acceptChange(token, now)
    const { digest, seq, epoch, grant: accepted } = change
    if (as !== undefined) {
      const view = as === "odrl" ? odrlView(accepted, digest) : receiptView(accepted, digest, now)
      return { json: view, text: JSON.stringify(view, null, 2) }
    }
    const said = {
      zh: `已接受第 ${seq} 份许可，纪元 ${epoch}，摘要 ${digest}`,
      en: `Accepted grant ${seq} at epoch ${epoch}, digest ${digest}`
    }
    const frozen = receipt === undefined ? {} : { frozen: receipt.frozen }
    return { json: { digest, seq, epoch, token, ...frozen }, text: said[languageOf(flags)] }
  })
}

const grants: Verb<Needs> = {
  usage: "grants --subject ID",
  about: "every grant of a subject, each with its token and a proof, for `assay-verify.mjs grants`",
  flags: ["subject"],
  words: 0,
  run: Effect.fn("grants")(function* ({ flags }) {
    const bundle = yield* bundleGrants(yield* subjectOf(flags))
    const checked = verifyGrants(bundle, (yield* Log).key.policy)
    const language = languageOf(flags)
    const columns =
      language === "zh"
        ? ["序号", "自", "至", "规则数", "日志条目", "摘要"]
        : ["grant", "from", "until", "rules", "entry", "digest"]
    const day = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 10)
    const rows = checked.map(({ seq, nbf, exp, rules, index, digest }) => [
      String(seq),
      day(nbf),
      day(exp),
      String(rules.length),
      String(index),
      digest
    ])
    const nothing = { zh: "该主体没有给出许可。", en: "This subject has granted nothing." }
    return { json: { ...bundle, summary: checked }, text: rows.length === 0 ? nothing[language] : table(columns, rows) }
  })
}

const effects: Readonly<Record<Language, Readonly<Record<FrozenArtefact["effect"], string>>>> = {
  zh: { masked: "已屏蔽", suspended: "已暂停", recalled: "已召回", stays: "保留至期末" },
  en: { masked: "masked", suspended: "suspended", recalled: "recalled", stays: "stays to the end of its period" }
}

const revoke: Verb<Needs> = {
  usage: "revoke --subject ID [--grant ID]",
  about: "take back what a subject allowed: freezes at once and gives a receipt that anyone can check",
  flags: ["subject", "grant"],
  words: 0,
  run: Effect.fn("revoke")(function* ({ flags }) {
    const subj = yield* subjectOf(flags)
    const asked = flags["grant"]
    const receipt = yield* (yield* Revocations).revoke(subj, typeof asked === "string" ? asked : undefined)
    const language = languageOf(flags)
    const { index, epoch, root, frozen } = receipt
    const head = {
      zh: `已撤回：日志第 ${index} 条，纪元 ${epoch}，根 ${root}`,
      en: `Revoked: entry ${index} of the log, epoch ${epoch}, root ${root}`
    }
    const lines = frozen.map(({ kind, name, effect, until }) => [kind, name, effects[language][effect], until ?? ""])
    const columns = language === "zh" ? ["类别", "名称", "状态", "直到"] : ["kind", "name", "effect", "until"]
    return { json: receipt, text: `${head[language]}\n${table(columns, lines)}` }
  })
}

const uses: Verb<Needs> = {
  usage: "uses --subject ID [--operation ID]",
  about: "every operation that touched a subject, each with a proof; with --operation also one that did not",
  flags: ["subject", "operation"],
  words: 0,
  run: Effect.fn("uses")(function* ({ flags }) {
    const subj = yield* subjectOf(flags)
    const service = yield* Uses
    const { operation } = flags
    const bundle = yield* typeof operation === "string" ? service.one(subj, operation) : service.of(subj)
    const checked = verifyUses(bundle, (yield* Log).key.policy)
    const language = languageOf(flags)
    const columns =
      language === "zh"
        ? ["时间", "操作", "行为", "目的", "接收方", "对象", "日志条目", "证明"]
        : ["time", "operation", "action", "purpose", "recipient", "asset", "entry", "proof"]
    const nothing = { zh: "没有用过该主体的数据。", en: "Nothing has used this subject's data." }
    return {
      json: { ...bundle, summary: checked },
      text: checked.length === 0 ? nothing[language] : table(columns, checked.map(rowOf))
    }
  })
}

const rowOf = ({ at, operation, action, purpose, recipient, asset, index, member }: VerifiedUse) => [
  new Date(at * 1000).toISOString().slice(0, 19),
  operation,
  action,
  purpose,
  recipient,
  asset,
  String(index),
  member
]

export const consentVerbs = { grant, grants, revoke, uses }
