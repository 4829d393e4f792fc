import { bilingual } from "../../words/bilingual.ts"

/** What the overview of value says of its own, beside the words that all pages share. */
export const executiveValueWords = bilingual({
  en: {
    share: "Share of total revenue",
    noShare: "not entered",
    margin: "Margin",
    needs: "What needs a look",
    nothing: "Nothing needs you: all is for sale, nothing loses value soon, no attack succeeds.",
    blocked: (count: string): string => `Products not for sale, or no longer carried by their evidence: ${count}.`,
    attacks: (count: string): string => `Attacks that succeed: ${count}.`,
    failing: (count: string): string => `Checks that block what reads their asset: ${count}.`,
    concentrated: (share: string): string => `The largest buyer brings ${share} of revenue.`,
    fades: (title: string, amount: string): string =>
      `${title} loses ${amount} of its list price in 90 days without a new version.`,
    noDrill: "No backup was ever restored on trial: what is lost may stay lost.",
    badDrill: "The last restore drill was not sound.",
    budget: (share: string): string => `Only ${share} of the privacy budget is left.`,
    noCost: "No cost is on record, so neither margin nor return says anything.",
    noMarket: "No comparables are on record, so nothing is known of the market.",
    noTotal: "The company's total revenue is not entered, so nobody sees what share data earns.",
    open: "Open"
  },
  zh: {
    share: "占公司总收入",
    noShare: "未录入",
    margin: "毛利",
    needs: "需要关注",
    nothing: "没有需要您处理的事项：产品均在售，近期不会贬值，没有成功的攻击。",
    blocked: (count: string): string => `${count} 个产品不在售，或其依据已不足。`,
    attacks: (count: string): string => `${count} 项攻击成功。`,
    failing: (count: string): string => `${count} 项检查阻止读取其资产。`,
    concentrated: (share: string): string => `最大买方占收入的 ${share}。`,
    fades: (title: string, amount: string): string => `若 90 天内没有新版本，${title}的挂牌价将减少 ${amount}。`,
    noDrill: "从未演练过恢复：丢失的数据可能无法找回。",
    badDrill: "最近一次恢复演练有问题。",
    budget: (share: string): string => `隐私预算仅剩 ${share}。`,
    noCost: "没有成本记录，毛利和投入产出无从谈起。",
    noMarket: "没有可比交易记录，市场情况未知。",
    noTotal: "尚未录入公司总收入，无法得知数据收入占比。",
    open: "打开"
  }
})
