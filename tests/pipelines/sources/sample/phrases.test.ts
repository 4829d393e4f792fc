import { assert, describe, it } from "@effect/vitest"
import { intents, phrases } from "#pipelines/sources/sample/phrases.ts"
import type { Intent } from "#pipelines/sources/sample/phrases.ts"

/** What a feature may look for, the most telling words first: a complaint about a delivery is a complaint. */
const telling: ReadonlyArray<readonly [Intent, RegExp]> = [
  ["浏览", /浏览|访问|下载|观看|收藏|搜索|登录帮助/],
  ["投诉", /投诉|不满意|不负责任/],
  ["退货", /退货|退款/],
  ["续约", /续约|续费|到期/],
  ["培训", /培训/],
  ["付款", /付款|发票|开票|专票|尾款|账期/],
  ["交期", /交期|交货|发货|交付|上线？|几天能到/],
  ["技术咨询", /技术|参数|规格|接口|精度|配置|工艺/],
  ["询价", /价|多少钱|优惠|打折/],
  ["跟进", /./]
]

describe("phrases", () => {
  it("express their planted intent in words that can be found again", () => {
    const missed = phrases.filter((phrase) => {
      const [found] = telling.find(([, words]) => words.test(phrase.head + phrase.tail))!
      return found !== intents[phrase.intent]
    })
    assert.isBelow(missed.length / phrases.length, 0.08, missed.map((p) => `${p.head}{}${p.tail}`).join("\n"))
  })

  it("stand together by business and intent, so that a draw is a range", () => {
    const runs = phrases.filter((phrase, i) => {
      const before = phrases[i - 1]
      return before?.business !== phrase.business || before.intent !== phrase.intent
    })
    assert.strictEqual(runs.length, new Set(phrases.map((p) => `${p.business} ${p.intent}`)).size)
  })

  it("name the product once and are Chinese", () => {
    for (const { head, tail } of phrases) {
      assert.notInclude(head + tail, "{}")
      assert.match(head + tail, /^[\p{Script=Han}，。？！、；]+$/u)
    }
  })
})
