import { readFileSync } from "node:fs"
import { gunzipSync } from "node:zlib"
import { assert, describe, it } from "@effect/vitest"
import { findIdentifiers } from "#privacy/identifier/findIdentifiers.ts"
import type { IdentifierKind } from "#privacy/identifier/IdentifierKind.ts"
import { sharedData } from "../../assay.ts"
import { corpus, score } from "./corpus.ts"
import { dice, values } from "./corpusValues.ts"

const found = (text: string): ReadonlyArray<string> =>
  findIdentifiers(text).map(({ kind, start, end }) => `${kind}: ${text.slice(start, end)}`)

describe("findIdentifiers", () => {
  // Frames and seeds on which nothing was set; 12,000 texts, so one class has about 600 truths.
  it.each([
    ["held out", 771],
    ["fresh", 90_210]
  ] as const)(
    "finds every kind in the %s corpus with precision 0.99 and recall 0.98 among hard negatives",
    (part, seed) => {
      for (const [kind, own] of score(corpus(seed, 12_000, part), findIdentifiers)) {
        assert.isAbove(own.truths, 300, kind)
        assert.isAtLeast(own.hits / own.found, 0.99, `precision of ${kind}`)
        assert.isAtLeast(own.hits / own.truths, 0.98, `recall of ${kind}`)
      }
    }
  )

  it("says nothing about sentences that hold only look-alikes", () => {
    const texts = [
      "订单号13812345678已发货",
      "金额13812345678元",
      "合计¥13812345678.00",
      "SKU-13812345678",
      "A13812345678B",
      "时间戳1700000000123",
      "版本 10.2.3.4",
      "第1.2.3.4节",
      "icon@2x.png",
      "最新A12345款",
      "2026年3月5号",
      "坐3号线到人民路",
      "高级经理",
      "11010519491231002Y",
      "110105194912310021",
      "std::vector 12:30:45",
      "git@github.com:a/b"
    ]
    for (const text of texts) assert.deepStrictEqual(found(text), [], text)
  })

  it("reads digits beside Chinese signs, full-width digits and separators", () => {
    assert.deepStrictEqual(found("请打13812345678找我"), ["mobile: 13812345678"])
    assert.deepStrictEqual(found("电话１３８１２３４５６７８，"), ["mobile: １３８１２３４５６７８"])
    assert.deepStrictEqual(found("手机+86 138-1234-5678。"), ["mobile: +86 138-1234-5678"])
    assert.deepStrictEqual(found("身份证 110105 19491231 002x 已核"), ["resident_id: 110105 19491231 002x"])
    assert.deepStrictEqual(found("总机(010)65551234转801"), ["landline: (010)65551234转801"])
  })

  it("takes the nearest label's word for it, also where one follows the other", () => {
    assert.deepStrictEqual(found("订单12345678901的手机13812345678"), ["mobile: 13812345678"])
    assert.deepStrictEqual(found("身份证编号110105491231002"), ["resident_id: 110105491231002"])
    assert.deepStrictEqual(found("护照E12345678，产品E12345678"), ["passport: E12345678"])
  })

  it("does not believe a resident id of a day that never was or of no province", () => {
    for (const id of ["110105194902300020", "000105194912310029", "110105190013310029"])
      assert.deepStrictEqual(found(id), [])
  })

  // Quadratic patterns would take hours on these: the limit of this test is the assertion.
  it.each([
    "a",
    "1",
    "1 ",
    "a@",
    "a@a.",
    "号",
    "路1号",
    "姓名",
    "王先生",
    "1 st ",
    "a:",
    "1.",
    "1-",
    "http://",
    "微信:",
    "京A",
    "+86 ",
    "1234 ",
    "AB12 ",
    "Name: A"
  ])("stays linear on a megabyte of %j", (unit) => {
    findIdentifiers(unit.repeat(Math.ceil(1e6 / unit.length)))
  })

  it("finds few names that stand alone, which it is honest about", ({ task }) => {
    const die = dice(5)
    const frames = ["昨天{}说要退货", "{}的合同到期了", "我和{}谈过价格", "转给{}处理"]
    let hits = 0
    for (let i = 0; i < 1000; i++) {
      const name = values.name(die)
      const text = frames[i % 4]!.replace("{}", name)
      if (findIdentifiers(text).some(({ kind, start }) => kind === "name" && text.startsWith(name, start))) hits++
    }
    task.meta.note = `names without a title or a label: recall ${(hits / 1000).toFixed(3)} of 1,000`
    assert.isBelow(hits, 100)
  })
})

describe("findIdentifiers on real text", () => {
  const count = (texts: Iterable<string>): ReadonlyMap<IdentifierKind, number> => {
    const counts = new Map<IdentifierKind, number>()
    for (const text of texts)
      for (const { kind } of findIdentifiers(text)) counts.set(kind, (counts.get(kind) ?? 0) + 1)
    return counts
  }

  it("finds the phones and e-mails of ABCD's chats and none of the names, which stand alone", ({ task }) => {
    if (sharedData === undefined) return void (task.meta.note = "ABCD was not read: ../shared/data is not here")
    const chats = JSON.parse(readFileSync(`${sharedData}/abcd-sample/abcd_sample.json`, "utf8")) as ReadonlyArray<{
      readonly original: ReadonlyArray<readonly [string, string]>
    }>
    const counts = count(chats.flatMap(({ original }) => original.map(([, text]) => text)))
    assert.deepStrictEqual(Object.fromEntries(counts), { email: 2, phone: 2 })
    task.meta.note =
      "ABCD sample: e-mails 2 of 2, phones 2 of 2, names 0 of 3, order numbers taken for something 0 of 2"
  })

  it("finds the phones that CrossWOZ's annotators marked", ({ task }) => {
    if (sharedData === undefined) return void (task.meta.note = "CrossWOZ was not read: ../shared/data is not here")
    const dialogues = JSON.parse(
      gunzipSync(readFileSync(`${sharedData}/crosswoz-val/val.json.gz`)).toString()
    ) as Record<
      string,
      {
        readonly messages: ReadonlyArray<{
          readonly content: string
          readonly dialog_act: ReadonlyArray<ReadonlyArray<string>>
        }>
      }
    >
    const messages = Object.values(dialogues).flatMap((one) => one.messages)
    const marked = { 电话: { all: 0, hits: 0 }, 地址: { all: 0, hits: 0 } }
    let [phones, right] = [0, 0]
    for (const { content, dialog_act } of messages) {
      const findings = findIdentifiers(content)
      const truths = dialog_act.flatMap(([act, , slot, value]) =>
        act === "Inform" && (slot === "电话" || slot === "地址") && content.includes(value!)
          ? [{ slot: slot as keyof typeof marked, value: value! }]
          : []
      )
      for (const { slot, value } of truths) {
        const at = content.indexOf(value)
        const kinds = slot === "电话" ? ["mobile", "landline", "phone"] : ["address"]
        marked[slot].all++
        if (findings.some(({ kind, start, end }) => kinds.includes(kind) && start < at + value.length && end > at))
          marked[slot].hits++
      }
      for (const { kind, start, end } of findings) {
        if (!["mobile", "landline", "phone"].includes(kind)) continue
        phones++
        if (truths.some(({ value }) => value.includes(content.slice(start, end)))) right++
      }
    }
    const names = count(messages.map(({ content }) => content)).get("name") ?? 0
    task.meta.note =
      `CrossWOZ: phones ${marked.电话.hits} of ${marked.电话.all} marked values, ${right} of ${phones} findings inside a mark; ` +
      `addresses ${marked.地址.hits} of ${marked.地址.all} (those without a house number are not looked for); ${names} things taken for people's names`
    assert.isAtLeast(marked.电话.hits / marked.电话.all, 0.95)
  })
})
