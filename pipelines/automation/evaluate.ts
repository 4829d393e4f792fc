import type { Bilingual } from "../engine/Asset.ts"
import type { Condition } from "./Condition.ts"
import { cronTimes } from "./cronTimes.ts"

/** What is known of an asset when it is asked whether it shall be made. */
export interface AssetOutlook {
  readonly missing: boolean
  /** The inputs that were made after it or will be made with it. */
  readonly updated: ReadonlyArray<string>
  readonly codeChanged: boolean
  /** Its files are not those of the last request; undefined where there are no files to watch. */
  readonly arrived: boolean | undefined
  /** Undefined without a policy. */
  readonly late: Bilingual | undefined
  /** Instants in milliseconds: now, and the last time of its schedule that was answered. */
  readonly now: number
  readonly answered: number
}

/** Why a condition held or did not, part by part; kept, so that it can be asked for later. */
export interface Evaluation {
  readonly condition: string
  readonly met: boolean
  readonly because: Bilingual
  readonly parts?: ReadonlyArray<Evaluation>
}

const said = (met: boolean, yes: Bilingual, no: Bilingual): Bilingual => (met ? yes : no)

/** Holds a condition against an asset. */
export function evaluate(condition: Condition, outlook: AssetOutlook): Evaluation {
  if ("not" in condition) {
    const part = evaluate(condition.not, outlook)
    return {
      condition: "not",
      met: !part.met,
      because: said(!part.met, { en: "it does not hold", zh: "不成立" }, { en: "it holds", zh: "成立" }),
      parts: [part]
    }
  }
  if ("all" in condition || "any" in condition) {
    const every = "all" in condition
    const parts = ("all" in condition ? condition.all : condition.any).map((part) => evaluate(part, outlook))
    const n = parts.filter(({ met }) => met).length
    return {
      condition: every ? "and" : "or",
      met: every ? n === parts.length : n > 0,
      because: { en: `${n} of ${parts.length} hold`, zh: `${parts.length} 项中 ${n} 项成立` },
      parts
    }
  }
  return condition.is === "cron" ? ofCron(condition.times, outlook) : ofState(condition.is, outlook)
}

function ofCron(times: string, { now, answered }: AssetOutlook): Evaluation {
  const schedule = cronTimes(times)
  const last = schedule.lastBetween(answered, now)
  const next = schedule.after(now)
  const iso = (millis: number): string => new Date(millis).toISOString().slice(0, 16).replace("T", " ")
  const because =
    last !== undefined
      ? { en: `${iso(last)} has come and was not answered`, zh: `${iso(last)} 已到，尚未处理` }
      : next !== undefined
        ? { en: `the next time is ${iso(next)}`, zh: `下一次为 ${iso(next)}` }
        : { en: "it never comes", zh: "永不到来" }
  return { condition: `cron("${times}")`, met: last !== undefined, because }
}

function ofState(is: Exclude<Extract<Condition, { is: string }>["is"], "cron">, outlook: AssetOutlook): Evaluation {
  const { missing, updated, codeChanged, arrived, late } = outlook
  const names = updated.slice(0, 5).join(", ") + (updated.length > 5 ? ", …" : "")
  switch (is) {
    case "missing":
      return {
        condition: is,
        met: missing,
        because: said(
          missing,
          { en: "it, or a part of it, was never made", zh: "全部或部分尚未生成" },
          { en: "it is there", zh: "已存在" }
        )
      }
    case "newly_updated":
      return {
        condition: is,
        met: updated.length > 0,
        because: said(
          updated.length > 0,
          { en: `newer than it: ${names}`, zh: `上游有更新：${names}` },
          { en: "nothing it reads was made after it", zh: "上游没有更新" }
        )
      }
    case "code_changed":
      return {
        condition: is,
        met: codeChanged,
        because: said(
          codeChanged,
          { en: "its definition is another one", zh: "定义已更改" },
          { en: "its definition is the same", zh: "定义未变" }
        )
      }
    case "arrived":
      return {
        condition: is,
        met: arrived === true,
        because: said(
          arrived === true,
          { en: "its files are not those that were seen", zh: "文件有变化" },
          arrived === undefined
            ? { en: "it has no files", zh: "没有可监视的文件" }
            : { en: "its files are those that were seen", zh: "文件没有变化" }
        )
      }
    case "late":
      return {
        condition: is,
        met: late !== undefined,
        because: late ?? { en: "it is as fresh as it should be, or has no policy", zh: "未超出新鲜度要求，或没有要求" }
      }
  }
}
