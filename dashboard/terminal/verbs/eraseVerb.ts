import { Effect, FileSystem, Path } from "effect"
import type { Home } from "#core/home/Home.ts"
import type { Records } from "#core/records/Records.ts"
import { Refused } from "#core/Refused.ts"
import type { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { Consent } from "#privacy/consent/Consent.ts"
import type { Guard } from "#privacy/consent/guard/Guard.ts"
import type { Revocations } from "#privacy/consent/revocation/Revocations.ts"
import { eraseEverything } from "#catalog/recall/eraseEverything.ts"
import { languageOf } from "../languageOf.ts"
import type { Verb } from "../Verb.ts"
import { subjectOf } from "./consentVerbs.ts"

type Needs = Consent | Guard | Home | Records | Revocations | Warehouse | FileSystem.FileSystem | Path.Path

/** Takes a subject out of the house for ever. */
export const eraseVerb: Verb<Needs> = {
  usage: "erase --subject ID --yes",
  about: "delete everything of a subject, for ever; --yes confirms it",
  flags: ["subject", "yes?"],
  words: 0,
  run: Effect.fn("erase")(function* ({ flags }) {
    const subj = yield* subjectOf(flags)
    const language = languageOf(flags)
    if (flags["yes"] !== true) {
      return yield* new Refused({
        code: "erase.confirm",
        message:
          language === "zh"
            ? "删除不可恢复：该主体的全部记录、密钥与凭证都会消失。"
            : "This cannot be undone: every record, key and receipt of the subject goes.",
        fix: language === "zh" ? "确认后加上 --yes 再执行一次。" : "Call it again with --yes when that is meant."
      })
    }
    const { operation, epoch, rows, tables } = yield* eraseEverything(subj)
    const said = {
      zh: `已删除：${tables} 张表中的 ${rows} 行，纪元 ${epoch}。运行 assay run 重建其余内容。`,
      en: `Erased: ${rows} rows of ${tables} tables, epoch ${epoch}. Run assay run to make the rest again.`
    }
    return { json: { operation, epoch, rows, tables }, text: said[language] }
  })
}
