import { bilingual } from "../../words/bilingual.ts"

/** Every string of the pages under /executive. */
export const executiveWords = bilingual({
  en: {
    areas: {
      title: "List price by product (area), shaded by tradability",
      product: "Product",
      value: "List price",
      index: "Tradability",
      note: "The darker, the more tradable (0 to 100)."
    },
    standing: {
      title: "Tradability (0 to 100) against revenue",
      product: "Product",
      index: "Tradability",
      revenue: "Revenue",
      bar: "85: the bar for listing"
    },
    share: {
      title: "Share of the company's whole revenue that data earned (%)",
      month: "Month",
      data: "Data",
      total: "Whole",
      share: "Share"
    },
    spread: {
      title: "How revenue is spread over buyers (cumulative shares)",
      buyers: "of buyers",
      revenue: "of revenue",
      alike: "all buyers alike",
      gini: (value: string): string => `Gini coefficient ${value}: 0 is all alike, 1 is one buyer alone.`
    },
    portfolio: {
      title: "Portfolio",
      lead: "What the data is worth by the books, by appraisal, by its list and by what was paid.",
      empty: "Nothing has a value yet.",
      emptyFix: "A product appears here when its first version was released.",
      never: "The four values are never added to each other. As of",
      book: "Book",
      appraised: "Appraised",
      list: "List",
      realised: "Realised",
      without: (count: string): string => `${count} without`,
      noShare: "The company's whole revenue is not entered yet",
      noShareFix: "An admin enters it under Administration, by month and with its source.",
      products: "Products",
      product: "Product",
      state: "State",
      perGigabyte: "Price per GB",
      small: "below 1 GB",
      index: "Tradability",
      states: {
        draft: "draft",
        assessed: "assessed",
        registered: "registered",
        listed: "listed",
        suspended: "suspended",
        deprecated: "deprecated",
        retired: "retired"
      }
    },
    risk: {
      title: "Risk",
      lead: "What could stop sales, most urgent first.",
      budget: "Privacy budget left",
      runsOut: (day: string): string => `at this pace until ${day}`,
      blocked: "Products with open gates",
      of: (count: string): string => `of ${count}`,
      drill: "Last restore drill",
      never: "never",
      sound: "sound",
      unsound: "not sound",
      noBuyers: "Nobody has paid yet.",
      gates: "Open gates",
      noGates: "Every gate of every product is passed.",
      product: "Product",
      open: "Gates",
      waiting: "List price that waits",
      age: "What loses value next"
    }
  },
  zh: {
    areas: {
      title: "各产品标价（面积），按可交易指数着色",
      product: "产品",
      value: "标价",
      index: "可交易指数",
      note: "颜色越深，越可交易（0 至 100）。"
    },
    standing: {
      title: "可交易指数（0 至 100）与收入",
      product: "产品",
      index: "可交易指数",
      revenue: "收入",
      bar: "85：上架门槛"
    },
    share: {
      title: "数据收入占公司总收入的比例（%）",
      month: "月份",
      data: "数据收入",
      total: "总收入",
      share: "占比"
    },
    spread: {
      title: "收入在买方之间的分布（累计占比）",
      buyers: "买方",
      revenue: "收入",
      alike: "完全均等",
      gini: (value: string): string => `基尼系数 ${value}：0 为完全均等，1 为单一买方。`
    },
    portfolio: {
      title: "资产组合",
      lead: "数据按账面、评估、标价和实收四种口径的价值。",
      empty: "尚无可估值的产品。",
      emptyFix: "产品首个版本发布后会出现在这里。",
      never: "四种价值从不相加。截至",
      book: "账面",
      appraised: "评估",
      list: "标价",
      realised: "实收",
      without: (count: string): string => `${count} 个缺失`,
      noShare: "尚未录入公司总收入",
      noShareFix: "由管理员在管理页按月录入，并注明来源。",
      products: "产品明细",
      product: "产品",
      state: "状态",
      perGigabyte: "每 GB 价格",
      small: "不足 1 GB",
      index: "可交易指数",
      states: {
        draft: "草稿",
        assessed: "已评估",
        registered: "已登记",
        listed: "已上架",
        suspended: "已暂停",
        deprecated: "已弃用",
        retired: "已退市"
      }
    },
    risk: {
      title: "风险",
      lead: "可能影响销售的事项，紧急者在前。",
      budget: "剩余隐私预算",
      runsOut: (day: string): string => `按当前速度可用至 ${day}`,
      blocked: "有未过关卡的产品",
      of: (count: string): string => `共 ${count} 个`,
      drill: "最近一次恢复演练",
      never: "从未进行",
      sound: "完好",
      unsound: "有问题",
      noBuyers: "尚无付款。",
      gates: "未过关卡",
      noGates: "所有产品的关卡均已通过。",
      product: "产品",
      open: "关卡",
      waiting: "待售标价",
      age: "即将贬值的产品"
    }
  }
})
