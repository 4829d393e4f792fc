import { bilingual } from "../../words/bilingual.ts"

/** Every string of the further parts of a product's page: its lineage, its quality, and the attack on its price. */
export const buyerProductWords = bilingual({
  en: {
    offers: {
      title: "A part of it, or another accuracy",
      quote: (price: string): string => `Quote: ${price}`,
      higher:
        "More accurate: a release of its own, whose loss is reserved when you order and which is made when you have paid.",
      lower: "Less accurate: the released figures with more noise.",
      same: "The released figures as they are, of this part only."
    },
    attack: {
      title: "Attack this price",
      lead: "Could you have the same for less by buying it in pieces? Every offer of this product was attacked with all the others.",
      unbeaten: (offers: string): string => `None of ${offers} offers can be beaten`,
      beaten: (beaten: string, offers: string): string => `${beaten} of ${offers} offers can be beaten`,
      wholeHolds: (share: string): string => `The cheapest other way to the whole product costs ${share} more.`,
      wholeBeaten: (share: string): string => `There is a way to the whole product that costs ${share} less.`,
      noWay: "No other purchase gives the same, in whatever combination.",
      onlyWhole: "It is sold whole only, so there are no pieces to put together.",
      nothing: "Nothing of this product is for sale, so there is nothing to attack.",
      drawn: (shown: string, all: string): string =>
        `Drawn are the whole and those that come closest: ${shown} of ${all}.`,
      choose: "The cheapest other way to",
      whole: "the whole product",
      without: (columns: string): string => `without ${columns}`,
      accuracy: (share: string): string => `accuracy ×${share}`,
      parts: "What would have to be bought instead",
      times: "Times",
      each: "Price of one",
      together: "Together",
      sum: "All of it",
      listed: "Listed price of the offer",
      calls: "Single lookups of all rows",
      how: "How it was searched",
      searched: (purchases: string, groups: string, slices: string, accuracies: string, versions: string): string =>
        `${purchases} purchases: ${groups} groups of columns, ${slices} slices of rows, ${accuracies} accuracies, ${versions} versions, any number of each, over any number of accounts.`,
      withCalls: "Single lookups at the tariff of the month were taken in.",
      withoutCalls: "Single lookups of this product are not sold by the call, so they are no way around the price.",
      rules: [
        "A cover has to give every column and row of the offer at least as accurately. Less accurate purchases add up; the attacker is granted that the noise of each is independent, which is more than the house gives.",
        "Greedy from many beginnings finds a cheap cover. Linear programming proves a bound below which there is none at all: that is the grey mark.",
        "A menu in which an offer can be beaten is not published."
      ],
      at: (at: string, version: string): string => `At the prices of ${at}, version ${version}.`,
      chart: {
        title: "Cheapest other way to the same, over the price of the offer (%)",
        price: "price of the offer",
        cover: "Cheapest other way found",
        bound: "Nothing costs less than this",
        none: "no other way",
        offer: "Offer",
        listed: "Price",
        cheapest: "Cheapest other way",
        margin: "Over the price",
        dearer: (share: string): string => `+${share}`,
        cheaper: (share: string): string => `−${share}`,
        beyond: "Ways that cost more than four times the price are drawn at the rim."
      }
    },
    record: {
      quality: "Quality",
      noQuality: "Nothing was measured on this table.",
      rates: {
        completeness: "Values that are there",
        uniqueness: "Rows whose keys occur once",
        consistency: "Figures within their range",
        precision: "Figures larger than their noise",
        accuracy: "Agreement with the marginals"
      },
      of: (n: string): string => `of ${n}`,
      notAssessed: "This product was listed before there were assessments.",
      index: "Tradability index",
      assessed: (day: string): string => `assessed ${day}`,
      weight: (points: string): string => `Weight ${points} of 100`,
      withheld: "kept by the steward",
      states: { measured: "measured", missing: "no evidence", expired: "evidence expired" },
      sample: "sample evidence",
      gates: "Gates",
      passed: "passed",
      failed: "failed",
      until: (day: string): string => `until ${day}`,
      digest: "Assessment",
      changes: "What changed from version to version",
      levels: { first: "first version", breaking: "breaking", minor: "more than before", patch: "new figures" }
    },
    lineage: {
      title: "Where it comes from",
      lead: "From the streams of the source to the released table. Noise is added at the dashed line: beyond it no row leads back to a customer.",
      counts: (assets: number, raw: number): string => `${assets} assets, ${raw} of them streams of a source`
    }
  },
  zh: {
    offers: {
      title: "只要一部分，或其他精度",
      quote: (price: string): string => `报价：${price}`,
      higher: "更高精度：单独发布一次，下单时预留隐私损失，付款后制作。",
      lower: "较低精度：在已发布的数字上再加噪声。",
      same: "仅此部分，数字与发布的一致。"
    },
    attack: {
      title: "攻击这个价格",
      lead: "拆开购买能否更便宜？本产品的每个报价项都已用其余全部报价项进行过攻击。",
      unbeaten: (offers: string): string => `${offers} 个报价项均无法被低价绕过`,
      beaten: (beaten: string, offers: string): string => `${offers} 个报价项中有 ${beaten} 个可被低价绕过`,
      wholeHolds: (share: string): string => `获得整个产品的最便宜替代方式要多花 ${share}。`,
      wholeBeaten: (share: string): string => `有一种方式可少花 ${share} 获得整个产品。`,
      noWay: "无论怎样组合，其他购买都得不到同样的内容。",
      onlyWhole: "它只整体出售，没有可以拼合的部分。",
      nothing: "本产品没有在售内容，无可攻击。",
      drawn: (shown: string, all: string): string =>
        `图中为整个产品及最接近被绕过的报价项：${all} 个中的 ${shown} 个。`,
      choose: "最便宜的替代方式，针对",
      whole: "整个产品",
      without: (columns: string): string => `不含 ${columns}`,
      accuracy: (share: string): string => `精度 ×${share}`,
      parts: "需要改为购买的内容",
      times: "份数",
      each: "单价",
      together: "小计",
      sum: "合计",
      listed: "该报价项的挂牌价",
      calls: "逐次查询全部行",
      how: "搜索方法",
      searched: (purchases: string, groups: string, slices: string, accuracies: string, versions: string): string =>
        `共 ${purchases} 种购买：${groups} 组列、${slices} 个行切片、${accuracies} 种精度、${versions} 个版本，每种不限份数，不限账户数。`,
      withCalls: "已计入按当月费率逐次查询的方式。",
      withoutCalls: "本产品不按次出售查询，因此无法以此绕过价格。",
      rules: [
        "替代方案必须以不低于原精度的方式给出该报价项的每一列和每一行。低精度购买可以叠加；假定每次购买的噪声相互独立，这比实际给予攻击者的更多。",
        "从多个起点出发的贪心搜索寻找便宜的组合；线性规划证明下界，低于它的方案不存在，即图中的灰色标记。",
        "若目录中有报价项可被绕过，则不得发布。"
      ],
      at: (at: string, version: string): string => `价格时点 ${at}，版本 ${version}。`,
      chart: {
        title: "获得同样内容的最便宜替代方式高出报价项价格的比例（%）",
        price: "报价项价格",
        cover: "找到的最便宜方式",
        bound: "不存在更低的方案",
        none: "没有其他方式",
        offer: "报价项",
        listed: "价格",
        cheapest: "最便宜的替代方式",
        margin: "高出价格",
        dearer: (share: string): string => `高 ${share}`,
        cheaper: (share: string): string => `低 ${share}`,
        beyond: "高出三倍以上的方式画在边缘。"
      }
    },
    record: {
      quality: "质量",
      noQuality: "此表没有质量度量。",
      rates: {
        completeness: "非空值",
        uniqueness: "键唯一的行",
        consistency: "处于取值范围内的数字",
        precision: "大于自身噪声的数字",
        accuracy: "与边际分布的一致程度"
      },
      of: (n: string): string => `共 ${n} 个`,
      notAssessed: "本产品上架早于评估制度。",
      index: "可交易性指数",
      assessed: (day: string): string => `${day} 评估`,
      weight: (points: string): string => `权重 ${points} / 100`,
      withheld: "仅数据管家可见",
      states: { measured: "已度量", missing: "无证据", expired: "证据已过期" },
      sample: "示例证据",
      gates: "合规门",
      passed: "通过",
      failed: "未通过",
      until: (day: string): string => `至 ${day}`,
      digest: "评估摘要",
      changes: "各版本的变化",
      levels: { first: "首个版本", breaking: "不兼容", minor: "有所增加", patch: "数字更新" }
    },
    lineage: {
      title: "数据来源",
      lead: "从来源的数据流到发布的表。虚线处加入噪声：此后任何一行都无法追溯到具体客户。",
      counts: (assets: number, raw: number): string => `共 ${assets} 个资产，其中 ${raw} 个是来源的数据流`
    }
  }
})
