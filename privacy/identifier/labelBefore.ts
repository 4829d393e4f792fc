/** What the words before a number say that it is. */
export type Label =
  | "phone"
  | "order"
  | "amount"
  | "identity"
  | "card"
  | "account"
  | "passport"
  | "permit"
  | "plate"
  | "wechat"
  | "qq"
  | "version"

const words: ReadonlyArray<readonly [Label, RegExp]> = [
  [
    "phone",
    /手机|电话|联系方式|联系我|联系他|联系她|致电|拨打|来电|回电|座机|传真|热线|phone|mobile|telephone|\btel\b|\bcell\b|\bcall(?:ed)?\b|\bfax\b|hotline|whatsapp/gi
  ],
  [
    "order",
    /订单|单号|编号|流水|运单|快递|货号|型号|产品|商品|条码|物料|批次|批号|工单|合同|发票|票据|序列号|编码|代码|款号|料号|校验码|交易号|会员号|学号|工号|房间|机型|\border\b|invoice|tracking|\bserial\b|\bs\/n\b|\bsn\b|\bsku\b|\bitem\b|product|\bref\b|reference|ticket|\bcase\b|batch|\bmodel\b|barcode|\bupc\b|\bean\b|isbn|\bpart\b|waybill|transaction|shipment|\bpo\b|\bid\b/gi
  ],
  [
    "amount",
    /金额|价格|合计|总价|总额|营收|销售额|收入|预算|库存|数量|余额|成本|人口|访问量|点击|浏览|播放|面积|产量|人民币|¥|￥|\$|€|£|amount|total|\bprice\b|\bqty\b|quantity|revenue|budget|balance|\bsum\b|\bviews\b/gi
  ],
  ["identity", /身份证|证件|公民身份|\bid card\b|identity|national id/gi],
  ["card", /银行卡|卡号|信用卡|储蓄卡|借记卡|尾号|\bcard\b/gi],
  ["account", /账号|账户|帐号|帐户|开户|\baccount\b|\bacct\b|\ba\/c\b|iban/gi],
  ["passport", /护照|passport/gi],
  ["permit", /通行证|回乡证|台胞证|港澳证|居住证|permit/gi],
  ["plate", /车牌|牌照|牌号|车号|车辆|车主|驾驶|开车|停车|plate|vehicle/gi],
  ["wechat", /微信|威信|薇信|wechat|weixin|\bvx\b|\bwx\b|加v|v信/gi],
  ["qq", /qq|扣扣|企鹅号/gi],
  ["version", /版本|固件|升级到|version|\bver\b|firmware|\bv$|build|release/gi]
]

/** What ends a label's reach: the sentence or the item of a list is over. */
const stops = /[。！？；，;,!?\n\r|]/g

/** How far before a number its label may begin, in characters. */
const REACH = 24

/**
 * The label nearest before a place in a text, if there is one in the same clause.
 *
 * A word such as 编号 that follows a specific one directly (身份证编号) says nothing against it.
 * @param text  with half-width signs
 */
export function labelBefore(text: string, at: number): Label | undefined {
  let window = text.slice(Math.max(0, at - REACH), at)
  let cut = 0
  for (const stop of window.matchAll(stops)) cut = stop.index + 1
  window = window.slice(cut)
  let best: { readonly label: Label; readonly from: number; readonly to: number } | undefined
  for (const [label, pattern] of words) {
    for (const { index, 0: word } of window.matchAll(pattern)) {
      const found = { label, from: index, to: index + word.length }
      if (best === undefined || overrides(found, best)) best = found
    }
  }
  return best?.label
}

interface Place {
  readonly label: Label
  readonly from: number
  readonly to: number
}

function overrides(one: Place, other: Place): boolean {
  if (other.label === "order" && one.label !== "order" && other.from - one.to <= 1 && one.to <= other.from) return true
  if (one.label === "order" && other.label !== "order" && one.from - other.to <= 1 && other.to <= one.from) return false
  // Of two that end together the longer says more: national id against id.
  return one.to > other.to || (one.to === other.to && one.from < other.from)
}
