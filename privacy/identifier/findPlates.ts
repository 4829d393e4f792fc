import type { Finding } from "./Finding.ts"
import { labelBefore } from "./labelBefore.ts"

const plate =
  /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][ ·•・.-]?(?:[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳]|[DF][A-HJ-NP-Z0-9]\d{4}|\d{5}[DF])(?![0-9A-Za-z])/g

/** Words that end in a province's sign: 最新, 华为云, 年青. */
const wordBefore =
  /(?:[最全更创革刷重翻清崭迎上出推焕里里百阿尔讯为度易端私公][新云]|[珍昂宝尊富][贵]|年青|西藏|四川|江苏|[安康保列][宁]|[收储珍][藏]|[北南东望燕][京]|[天][津]|漆黑|[不酸]甘)$/
const codeAfter = /^ ?(?:型|款|批|版|号机|系列|规格|芯片|配件|零件)/

/** Number plates of mainland vehicles, not the ends of words that happen to look alike. */
export function* findPlates(text: string): Generator<Finding> {
  for (const { index, 0: found } of text.matchAll(plate)) {
    const digits = found.replaceAll(/\D/g, "").length
    const label = labelBefore(text, index)
    const named = label === "plate"
    if (!named && (label === "order" || label === "version" || digits < 2)) continue
    if (!named && wordBefore.test(text.slice(Math.max(0, index - 1), index + 1))) continue
    if (codeAfter.test(text.slice(index + found.length, index + found.length + 4))) continue
    yield { kind: "plate", start: index, end: index + found.length }
  }
}
