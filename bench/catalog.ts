/**
 * Can a catalog of 100,000 products still be searched (target: p95 150 ms), is delivery as fast as a disk (200 MB/s on one connection,
 * constant memory), does Arrow cost little beside the engine's own Parquet writer (2 times), does the meter keep up (5,000 events a
 * second with dedupe), and is a month of 17 buyers with 1,000,000 calls each invoiced in 10 s?
 *
 *     node bench/catalog.ts [search arrow delivery meter]
 *
 * Search: titles of two languages made of 10 x 10 x 10 words and a number, 3 columns, 7 purposes, 37 owners; 300 queries of ten forms
 * (two and four Han characters, words, prefixes, a word that every product has, no word at all, a product's number), a quarter of them
 * with a facet, a fifth by price. Arrow: 10,000,000 rows of two texts (31 and 1,000 values, one with nulls), two BIGINT, one DOUBLE, one
 * DATE, one BOOLEAN from `i`; against `copy ... to` Parquet of the same file, in turn, three rounds, CPU seconds. Delivery: a file of
 * 1 GB over loopback by one plain HTTP client. Meter: batches of 500 into records on disk, each event once and a tenth again.
 */
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { request } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import Fastify from "fastify"
import { Effect, Layer } from "effect"
import { NodeServices } from "@effect/platform-node"
import { Home } from "#core/home/Home.ts"
import { Log } from "#core/log/Log.ts"
import { logMigrations } from "#core/log/migrations.ts"
import { Records } from "#core/records/Records.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { Budget } from "#privacy/budget/Budget.ts"
import { budgetMigrations } from "#privacy/budget/migrations.ts"
import { lifeMigrations } from "#catalog/life/migrations.ts"
import { recallMigrations } from "#catalog/recall/migrations.ts"
import { saleMigrations } from "#catalog/saleMigrations.ts"
import { billingMigrations } from "#catalog/billingMigrations.ts"
import { writeArrow } from "#catalog/delivery/writeArrow.ts"
import { Invoices } from "#catalog/invoice/Invoices.ts"
import { catalogMigrations } from "#catalog/migrations.ts"
import type { ProductVersion } from "#catalog/product/ProductVersion.ts"
import { indexProduct } from "#catalog/search/indexProduct.ts"
import { searchMigrations } from "#catalog/search/migrations.ts"
import { Search } from "#catalog/search/Search.ts"
import type { Asked } from "#catalog/search/Search.ts"
import { recordUsage } from "#catalog/usage/recordUsage.ts"
import { sendRange } from "#dashboard/server/http/sendRange.ts"

const folder = mkdtempSync(join(tmpdir(), "assay-bench-catalog-"))
const chosen = process.argv.slice(2)
const wants = (part: string): boolean => chosen.length === 0 || chosen.includes(part)
const say = (facts: object): void => console.log(JSON.stringify(facts))
const migrations = [
  ...logMigrations,
  ...catalogMigrations,
  ...billingMigrations,
  ...searchMigrations,
  ...recallMigrations,
  ...lifeMigrations,
  ...budgetMigrations,
  ...saleMigrations
]
const seconds = (since: number): number => (performance.now() - since) / 1000
const cpuSeconds = async (work: () => Promise<unknown>): Promise<number> => {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}
const middle = (values: ReadonlyArray<number>): number => values.toSorted((a, b) => a - b)[values.length >> 1]!
const rss = (): number => Math.round(process.memoryUsage().rss / 1e6)

const words = {
  zh: [
    "制造业 跨境 中小企业 物流 零售 汽车 医疗 教育 能源 农业",
    "设备采购 买家地域 数字化 客户流失 价格带 渠道偏好 服务工单 订阅续约 库存周转 售后满意",
    "决策链图谱 偏好指数 成熟度 预测特征 月度统计 分布表 时间序列 关系图 聚合表 标签集"
  ].map((line) => line.split(" ")),
  en: [
    "manufacturing cross-border SME logistics retail automotive health education energy farming",
    "equipment region digital churn price channel ticket subscription inventory satisfaction",
    "graph index maturity features statistics distribution series relations aggregate labels"
  ].map((line) => line.split(" "))
}
const titleOf = (language: "zh" | "en", i: number): string =>
  [0, 1, 2].map((k) => words[language][k]![Math.floor(i / 10 ** k) % 10]).join(language === "zh" ? "" : " ") + ` ${i}`
const column = (name: string, zh: string) => ({
  name,
  label: { zh, en: name },
  type: "",
  part: "key",
  unit: "",
  note: { zh: "", en: "" }
})
const versionOf = (i: number) =>
  ({
    product: `p${i}`,
    id: `v${i}`,
    offering: {
      title: { zh: titleOf("zh", i), en: titleOf("en", i) },
      owner: `owner${i % 37}`,
      scenario: { purpose: "dpv:MarketResearch", required: [], optional: [] },
      terms: { purposes: [`dpv:P${i % 7}`], onward: i % 2 === 0, territory: i % 3 === 0 ? ["CN", "DE"] : ["CN"] }
    },
    columns: [column("state", "州"), column("orders", "订单数"), column(`amount${i % 50}`, "金额")],
    asOf: `2026-11-${String(1 + (i % 28)).padStart(2, "0")}`,
    listedAt: "2026-11-12T00:00:00Z"
  }) as unknown as ProductVersion
const questions = Array.from({ length: 300 }, (_, i): Asked => {
  const [a, b, c] = [i % 10, (i * 7) % 10, (i * 3) % 10]
  const texts = [
    words.zh[1]![b]!,
    words.zh[0]![a]! + words.zh[1]![b]!,
    words.en[1]![b]!,
    `${words.en[0]![a]} ${words.en[2]![c]}`,
    "决策",
    "state",
    `${words.zh[1]![b]} ${i}`,
    "",
    words.en[2]![c]!.slice(0, 4),
    `p${i * 331}`
  ]
  return {
    text: texts[i % 10]!,
    ...(i % 4 === 0 ? { facets: { purpose: `dpv:P${i % 7}` } } : {}),
    ...(i % 5 === 1 ? { order: "price" as const } : {})
  }
})

const search = Effect.gen(function* () {
  const records = yield* Records
  const products = 100_000
  const begun = performance.now()
  yield* records.write((db) => {
    for (let i = 0; i < products; i++) {
      db.run("insert into product (name, currency, since) values ($name, 'CNY', '2026')", { name: `p${i}` })
      indexProduct(db, versionOf(i), 1000 + (i % 9999))
    }
  })
  const indexSeconds = seconds(begun)
  const millis: Array<number> = []
  for (const asked of questions) {
    const since = performance.now()
    yield* (yield* Search).find(asked)
    millis.push(performance.now() - since)
  }
  millis.sort((x, y) => x - y)
  say({
    bench: "search",
    products,
    indexSeconds,
    p50Millis: millis[150],
    p95Millis: millis[284],
    mostMillis: millis[299]
  })
}).pipe(Effect.provide(Search.layer.pipe(Layer.provideMerge(Records.layer(join(folder, "search.sqlite"), migrations)))))

const engine = Warehouse.layer({ path: ":memory:", spill: "", directories: [folder], memory: "2GB", threads: 2 })
const sql = (text: string): Promise<unknown> =>
  Effect.runPromise(Effect.flatMap(Warehouse, (one) => one.run(text)).pipe(Effect.provide(engine)))

async function arrow(): Promise<void> {
  const rows = 10_000_000
  const file = (name: string): string => join(folder, name)
  await sql(`copy (select 'region ' || (i % 31) as region,
      case when i % 11 = 0 then null else 'category ' || (i % 1000) end as category, i::bigint * 1000003 as orders,
      (i % 977) / 7.0::double as spend, date '2026-01-01' + (i % 300)::int as day, i % 3 = 0 as known, -i::bigint as back
    from range(${rows}) t(i)) to '${file("version.parquet")}' (format parquet, compression zstd)`)
  const [plain, ours]: [Array<number>, Array<number>] = [[], []]
  for (let round = 0; round < 3; round++) {
    plain.push(
      await cpuSeconds(() =>
        sql(`copy (select * from read_parquet('${file("version.parquet")}')) to '${file(`${round}.parquet`)}'
          (format parquet, compression zstd)`)
      )
    )
    ours.push(
      await cpuSeconds(() => Effect.runPromise(writeArrow(folder, file("version.parquet"), file(`${round}.arrow`), {})))
    )
    rmSync(file(`${round}.parquet`))
    rmSync(file(`${round}.arrow`))
  }
  say({ bench: "arrow", rows, parquetCpu: plain, arrowCpu: ours, ratio: middle(ours) / middle(plain), rssMB: rss() })
}

async function delivery(): Promise<void> {
  const file = join(folder, "large.bin")
  const piece = Buffer.alloc(1 << 24, 7)
  for (let i = 0; i < 64; i++) writeFileSync(file, piece, { flag: "a" })
  const bytes = piece.length * 64
  const server = Fastify()
  server.get("/file", (asked, reply) => {
    const read = (range?: object) => createReadStream(file, { ...range, highWaterMark: 1 << 20 })
    sendRange(asked, reply, { bytes, tag: "x", mediaType: "application/octet-stream", read })
  })
  await server.listen({ host: "127.0.0.1", port: 0 })
  const { port } = server.server.address() as { port: number }
  const rates: Array<number> = []
  let most = 0
  for (let round = 0; round < 5; round++) {
    const since = performance.now()
    await new Promise<void>((resolve, reject) => {
      request({ host: "127.0.0.1", port, path: "/file" }, (answer) => {
        let had = 0
        answer.on("data", (part: Buffer) => {
          had += part.length
          most = Math.max(most, process.memoryUsage.rss())
        })
        answer.on("end", () => (had === bytes ? resolve() : reject(new Error("short"))))
      })
        .on("error", reject)
        .end()
    })
    rates.push(bytes / 1e6 / seconds(since))
  }
  await server.close()
  rmSync(file)
  say({
    bench: "delivery",
    MB: bytes / 1e6,
    MBs: rates.map(Math.round),
    medianMBs: Math.round(middle(rates)),
    mostRssMB: Math.round(most / 1e6)
  })
}

const meter = Effect.gen(function* () {
  const records = yield* Records
  const [buyers, calls, batch] = [17, 1_000_000, 500]
  const product = "p"
  yield* records.write((db) => {
    db.run("insert into product (name, currency, since) values ($product, 'CNY', '2026')", { product })
  })
  const now = "2026-11-12T09:00:00.000Z"
  const event = (id: number) => ({
    specversion: "1.0" as const,
    type: "assay.usage" as const,
    source: "api",
    id: String(id),
    time: "2026-10-12T08:00:00Z",
    data: { meter: "calls", product, version: "1", quantity: 1 }
  })
  const paced = performance.now()
  let events = 0
  for (let buyer = 0; buyer < buyers; buyer++)
    for (let from = 0; from < calls; from += batch) {
      // A tenth of every batch comes a second time.
      const ids = Array.from({ length: batch * 1.1 }, (_, i) => from + (i < batch ? i : (i - batch) * 10))
      yield* records.write((db) => recordUsage(db, `buyer ${buyer}`, ids.map(event), now))
      events += ids.length
    }
  const meterSeconds = seconds(paced)
  const invoices = yield* Invoices
  yield* invoices.setTariff(product, "calls", "2026-01-01", {
    tiers: [
      { upTo: 10_000, unit: "0.50 CNY" },
      { upTo: 100_000, unit: "0.35 CNY" },
      { upTo: null, unit: "0.20 CNY" }
    ]
  })
  const since = performance.now()
  const issued = yield* invoices.closeMonth("2026-10")
  const invoiceSeconds = seconds(since)
  const fen = issued.reduce((sum, { net }) => sum + net, 0)
  say({
    bench: "meter",
    buyers,
    calls,
    events,
    eventsPerSecond: Math.round(events / meterSeconds),
    invoices: issued.length,
    fen,
    invoiceSeconds,
    rssMB: rss()
  })
}).pipe(
  Effect.provide(
    Invoices.layer.pipe(
      Layer.provideMerge(Budget.layer),
      Layer.provideMerge(Log.layer),
      Layer.provideMerge(
        Layer.mergeAll(Records.layer(join(folder, "meter.sqlite"), migrations), Home.layer(join(folder, "home")))
      ),
      Layer.provideMerge(NodeServices.layer)
    )
  )
)

try {
  if (wants("search")) await Effect.runPromise(search)
  if (wants("arrow")) await arrow()
  if (wants("delivery")) await delivery()
  if (wants("meter")) await Effect.runPromise(meter)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
