import { termName } from "#privacy/consent/registry/termName.ts"
import type { Label } from "../../../api/Label.ts"
import type { LicenceChange } from "../../../api/customer/LicenceChange.ts"

/** The words that a customer agrees to, made from the choice alone, so that page and server say the same. */
export function noticeOf({ cells, categories, until }: LicenceChange): ReadonlyArray<Label> {
  const recipients = [...new Set(cells.map(({ recipient }) => recipient))].sort()
  const list = (ids: ReadonlyArray<string>): Label => ({
    zh: ids.map((id) => termName(id).zh).join("、"),
    en: ids.map((id) => termName(id).en).join(", ")
  })
  const kinds = list(categories.toSorted())
  const lines = recipients.map((recipient): Label => {
    const who = termName(recipient)
    const purposes = list(
      cells
        .filter((cell) => cell.recipient === recipient)
        .map(({ purpose }) => purpose)
        .sort()
    )
    const inside = recipient === "internal"
    return {
      zh: inside
        ? `允许${who.zh}为以下目的保存、加工、统计和展示我的数据（${kinds.zh}）：${purposes.zh}。`
        : `允许${who.zh}为以下目的获得由我的数据（${kinds.zh}）制成的数据产品，包括有偿获得：${purposes.zh}。`,
      en: inside
        ? `I allow ${who.en.toLowerCase()} to keep, process, count and show my data (${kinds.en}) for: ${purposes.en}.`
        : `I allow ${who.en.toLowerCase()} to get, also for money, products made with my data (${kinds.en}) for: ${purposes.en}.`
    }
  })
  const nothing: Label = { zh: "我不允许对我的数据作任何使用。", en: "I allow no use of my data at all." }
  const rest: ReadonlyArray<Label> = [
    {
      zh: `有效期至 ${until}（含当日）；未列出的一律禁止。`,
      en: `This holds through ${until}; whatever is not named is forbidden.`
    },
    {
      zh: "我可以随时撤回，撤回立即生效；已经发布、加了随机扰动的统计数字保留至其周期结束。",
      en: "I may take it back at any time and at once; figures already published with random noise stay until their period ends."
    }
  ]
  return [...(lines.length === 0 || categories.length === 0 ? [nothing] : lines), ...rest]
}
