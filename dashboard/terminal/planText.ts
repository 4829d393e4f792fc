import { formatMoney } from "#core/money/formatMoney.ts"
import type { AssetPlan } from "#pipelines/plan/AssetPlan.ts"
import type { ChangeClass, ColumnChange } from "#pipelines/plan/ColumnChange.ts"
import type { HomePlan, ReleaseOutlook } from "#pipelines/planHome.ts"
import { table } from "./table.ts"

type Language = "zh" | "en"

const words = {
  heading: {
    en: ["asset", "kind", "state", "change", "rows last", "products"],
    zh: ["资产", "种类", "状态", "变更", "上次行数", "产品"]
  },
  state: {
    en: { unchanged: "unchanged", new: "new", stale: "stale" },
    zh: { unchanged: "无变化", new: "新建", stale: "过期" }
  },
  reason: {
    en: { code: "its definition changed", input: "what it reads changed", partitions: "partitions to make" },
    zh: { code: "定义已变", input: "来源已变", partitions: "有待生成的分区" }
  },
  class: {
    en: { breaking: "breaking", non_breaking: "non-breaking", forward_only: "forward-only" },
    zh: { breaking: "破坏性", non_breaking: "兼容", forward_only: "仅新增" }
  },
  what: {
    en: {
      added: "is new",
      removed: "goes away",
      retyped: "changes type",
      computed: "is computed in another way",
      rows: "hold other rows, since what decides on them changed",
      upstream: "follows a change of",
      partitions: "gets rows of new partitions"
    },
    zh: {
      added: "新增",
      removed: "删除",
      retyped: "类型改变",
      computed: "计算方式改变",
      rows: "行的取舍改变",
      upstream: "随来源改变：",
      partitions: "增加新分区的行"
    }
  },
  every: { en: "all columns", zh: "所有列" },
  fix: { en: "To mend it", zh: "修复" },
  due: { en: "partitions to make", zh: "待生成分区" },
  look: { en: "look at this before it is sold", zh: "出售前请查看" }
} as const

/** What `plan` prints: the assets, each change column by column, then what it means for products, privacy and prices. */
export function planText(home: HomePlan, language: Language): string {
  return [
    table(
      words.heading[language],
      home.assets.map((asset) => [
        asset.key,
        asset.kind,
        stateText(asset, language),
        asset.change === null ? "" : words.class[language][asset.change],
        asset.recompute?.rows?.toLocaleString("en") ?? "",
        asset.products.join(", ")
      ])
    ),
    ...home.assets.flatMap((asset) => details(asset, language)),
    "",
    ...totals(home, language),
    "",
    ...home.releases.map((release) => outlookText(release, home, language)),
    ...home.impact.filter(({ product }) => drawnIn(home, product)).map((one) => impactText(one, language)),
    ...home.licences.flatMap(({ product, gaps }) => gaps.map((gap) => `${product}: ${words.look[language]}: ${gap}.`))
  ].join("\n")
}

function stateText(asset: AssetPlan, language: Language): string {
  const name = words.state[language][asset.state]
  if (asset.state !== "stale") return name
  const inputs =
    asset.inputs.length > 0 ? ` (${asset.inputs.slice(0, 3).join(", ")}${asset.inputs.length > 3 ? ", …" : ""})` : ""
  return `${name}: ${words.reason[language][asset.reason]}${inputs}`
}

function details(asset: AssetPlan, language: Language): ReadonlyArray<string> {
  const lines: Array<string> = []
  if (asset.problem !== undefined) lines.push(`! ${asset.problem.message} ${words.fix[language]}: ${asset.problem.fix}`)
  const alike = Map.groupBy(asset.columns, ({ class: kind, what, through }) => `${kind} ${what} ${through ?? ""}`)
  for (const changes of alike.values()) lines.push(`  ${changeText(changes, language)}`)
  const due = asset.recompute?.partitions
  if (due !== undefined) lines.push(`  ${words.due[language]}: ${due.count ?? "?"} (${due.ranges.join("; ")})`)
  return lines.length === 0 ? [] : ["", `${asset.key}:`, ...lines]
}

function changeText(changes: ReadonlyArray<ColumnChange>, language: Language): string {
  const first = changes[0]!
  const names = changes.map(({ column }) => (column === "*" ? words.every[language] : column))
  const shown = names.length > 6 ? `${names.slice(0, 6).join(", ")}, … (${names.length})` : names.join(", ")
  const types = first.before === undefined ? "" : ` ${first.before} -> ${first.after}`
  return `${words.class[language][first.class]}: ${shown} ${words.what[language][first.what]}${first.through === undefined ? "" : ` ${first.through}`}${types}`
}

const drawnIn = ({ releases }: HomePlan, product: string): boolean =>
  releases.some((release) => release.product === product && release.state === "draw")

/** What a run means in business terms, a line for each question: rows, columns, products, privacy, price. */
function totals(home: HomePlan, language: Language): ReadonlyArray<string> {
  const zh = language === "zh"
  const made = home.assets.filter(({ recompute }) => recompute !== null)
  const rows = made.reduce((sum, { recompute }) => sum + (recompute?.rows ?? 0), 0).toLocaleString("en")
  const changes = made.flatMap(({ columns }) => columns)
  const grave = (["breaking", "non_breaking", "forward_only"] satisfies ReadonlyArray<ChangeClass>)
    .map((kind) => [words.class[language][kind], changes.filter((change) => change.class === kind).length] as const)
    .filter(([, n]) => n > 0)
    .map(([name, n]) => `${name} ${n}`)
    .join(", ")
  const drawn = home.releases.flatMap((release) => (release.state === "draw" ? [release] : []))
  const products = [...new Set([...made.flatMap((asset) => asset.products), ...drawn.map(({ product }) => product)])]
  const rho = drawn.reduce((sum, release) => sum + release.rho, 0)
  const line = (name: string, text: string): string => `${name}${zh ? "：" : ": "}${text}${zh ? "。" : "."}`
  const none = zh ? "无" : "none"
  return [
    line(
      zh ? "将生成的资产" : "Assets to make",
      made.length === 0
        ? none
        : zh
          ? `${made.length} 个，上次共 ${rows} 行`
          : `${made.length}, with ${rows} rows when last made`
    ),
    line(
      zh ? "改变的列" : "Columns that change",
      changes.length === 0 ? none : `${changes.length}${zh ? `（${grave}）` : ` (${grave})`}`
    ),
    line(zh ? "涉及的产品" : "Products concerned", products.length === 0 ? none : products.sort().join(", ")),
    line(
      zh ? "重新抽取的产品" : "Products drawn anew",
      drawn.length === 0 ? none : drawn.map(({ product }) => product).join(", ")
    ),
    line(
      zh ? "隐私损失" : "Privacy loss",
      drawn.length === 0
        ? zh
          ? "无，因为不抽取任何数据"
          : "none, since nothing is drawn"
        : zh
          ? `rho ${rho.toFixed(6)}，计入每个人的总预算`
          : `rho ${rho.toFixed(6)}, charged to the budget of everybody in these products`
    ),
    line(zh ? "价格" : "Prices", pricesText(home, language))
  ]
}

function pricesText(home: HomePlan, language: Language): string {
  const listed = home.impact.filter(({ product }) => drawnIn(home, product))
  const moved = listed.filter(({ price, expected }) => price.minor !== expected.minor).length
  const unlisted = home.releases.some(({ state }) => state === "draw") && listed.length === 0
  if (unlisted) return language === "zh" ? "上架时确定" : "set when they are listed"
  if (language === "zh") {
    return moved === 0 ? "预计不变" : `预计 ${moved} 个产品变价，见下文`
  }
  return moved === 0 ? "no change expected" : `expected to change for ${moved} of ${listed.length}, see below`
}

function impactText(
  { product, version, rows, price, expected }: HomePlan["impact"][number],
  language: Language
): string {
  const [now, then] = [formatMoney(price), formatMoney(expected)]
  const change =
    price.minor === 0 || price.minor === expected.minor
      ? ""
      : ` (${expected.minor >= price.minor ? "+" : ""}${((100 * (expected.minor - price.minor)) / price.minor).toFixed(1)} %)`
  const shown = rows.toLocaleString("en")
  if (price.minor === expected.minor) {
    return language === "zh"
      ? `${product}：版本 ${version}（${shown} 行）现价 ${now}，新版本预计同价。`
      : `${product}: version ${version} (${shown} rows) is listed at ${now}; a fresh one is expected at the same price.`
  }
  return language === "zh"
    ? `${product}：版本 ${version}（${shown} 行）现价 ${now}，新版本预计 ${then}${change}。`
    : `${product}: version ${version} (${shown} rows) is listed at ${now}; a fresh one is expected at ${then}${change}.`
}

function outlookText(release: ReleaseOutlook, { assets }: HomePlan, language: Language): string {
  const zh = language === "zh"
  switch (release.state) {
    case "waits":
      return zh
        ? `${release.product}：等待 ${release.for}，其列要在首次运行后才知道。`
        : `${release.product}: waits for ${release.for}, whose columns are known after its first run.`
    case "refused":
      return `${release.product}${zh ? "：被拒绝。" : ": refused. "}${release.refusal.message} ${release.refusal.fix}`
    case "consented":
      return zh
        ? `${release.product}：给 ${release.recipient} 生成客户本人允许使用至 ${release.until} 的行；不抽取，无隐私损失。`
        : `${release.product}: makes the rows that their customers let ${release.recipient} use until ${release.until}; nothing is drawn and nothing charged.`
    case "stored": {
      const concerned = assets.some(
        ({ recompute, products }) => recompute !== null && products.includes(release.product)
      )
      const later = zh ? "上述改变从下一期起生效。" : " The change reaches it with its next period."
      return zh
        ? `${release.product}：${release.period} 已发布；不再抽取，无隐私损失。${concerned ? later : ""}`
        : `${release.product}: was made for ${release.period}; nothing is drawn and nothing charged.${concerned ? later : ""}`
    }
    case "draw": {
      const { prediction } = release
      const errors = prediction?.measures
        .map(({ name, medianRelativeError }) => `${name} ±${(100 * medianRelativeError).toFixed(1)} %`)
        .join(", ")
      const cells = Math.round(prediction?.cells ?? 0)
      return zh
        ? [
            `${release.product}：为 ${release.period} 抽取，epsilon ${release.epsilon}，delta ${release.delta}（rho ${release.rho.toFixed(6)}）。`,
            errors === undefined
              ? "人口未知：先做一次普查，计入同一损失。"
              : `预计约 ${cells} 个单元，误差中位数 ${errors}。`,
            release.runsOut === undefined ? "预算充足。" : `按此速度预算可用到 ${release.runsOut}。`
          ].join("")
        : [
            `${release.product}: draws for ${release.period}, epsilon ${release.epsilon} at delta ${release.delta} (rho ${release.rho.toFixed(6)}).`,
            errors === undefined
              ? "Its population is not known: a census comes first, out of the same loss."
              : `Expected: about ${cells} cells, median error ${errors}.`,
            release.runsOut === undefined
              ? "The budget lasts."
              : `At this pace the budget lasts until ${release.runsOut}.`
          ].join(" ")
    }
  }
}
