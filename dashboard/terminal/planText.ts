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
    en: { code: "code", input: "input", partitions: "partitions" },
    zh: { code: "代码已变", input: "输入已变", partitions: "分区" }
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
      rows: "other rows: what decides on them changed",
      upstream: "is made from",
      partitions: "gets rows of new partitions"
    },
    zh: {
      added: "新增",
      removed: "删除",
      retyped: "类型改变",
      computed: "计算方式改变",
      rows: "行的取舍改变",
      upstream: "来源改变：",
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
    totals(home, language),
    ...home.releases.map((release) => outlookText(release, language)),
    ...home.impact.map((one) => impactText(one, language)),
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

function totals({ assets, releases }: HomePlan, language: Language): string {
  const made = assets.filter(({ recompute }) => recompute !== null)
  const rows = made.reduce((sum, { recompute }) => sum + (recompute?.rows ?? 0), 0).toLocaleString("en")
  const columns = made.reduce((sum, asset) => sum + asset.columns.length, 0)
  const products = new Set(made.flatMap((asset) => asset.products))
  const rho = releases.reduce((sum, release) => sum + ("rho" in release ? release.rho : 0), 0).toFixed(6)
  const grave = (["breaking", "non_breaking", "forward_only"] satisfies ReadonlyArray<ChangeClass>)
    .map((kind) => [words.class[language][kind], assets.filter(({ change }) => change === kind).length] as const)
    .filter(([, n]) => n > 0)
    .map(([name, n]) => `${name} ${n}`)
    .join(", ")
  return language === "zh"
    ? `将生成 ${made.length} 个资产（上次共 ${rows} 行），改变 ${columns} 列${grave === "" ? "" : `（${grave}）`}，涉及 ${products.size} 个产品，隐私损失 rho ${rho}。`
    : `${made.length} assets would be made (${rows} rows when last made), ${columns} columns change${grave === "" ? "" : ` (${grave})`}, ${products.size} products are concerned, privacy loss rho ${rho}.`
}

function impactText(
  { product, version, rows, price, expected }: HomePlan["impact"][number],
  language: Language
): string {
  const [now, then] = [formatMoney(price), formatMoney(expected)]
  const change =
    price.minor === 0
      ? ""
      : ` (${expected.minor >= price.minor ? "+" : ""}${((100 * (expected.minor - price.minor)) / price.minor).toFixed(1)} %)`
  return language === "zh"
    ? `${product}：版本 ${version}（${rows.toLocaleString("en")} 行）现价 ${now}，新版本预计 ${then}${change}。`
    : `${product}: version ${version} (${rows.toLocaleString("en")} rows) is listed at ${now}; a fresh one is expected at ${then}${change}.`
}

function outlookText(release: ReleaseOutlook, language: Language): string {
  const zh = language === "zh"
  switch (release.state) {
    case "waits":
      return zh
        ? `${release.product}：等待 ${release.for}，其列要在首次运行后才知道。`
        : `${release.product}: waits for ${release.for}, whose columns are known after its first run.`
    case "refused":
      return `${release.product}${zh ? "：被拒绝。" : ": refused. "}${release.refusal.message} ${release.refusal.fix}`
    case "stored":
      return zh
        ? `${release.product}：${release.period} 已发布；不再抽取，不计费。`
        : `${release.product}: was made for ${release.period}; nothing is drawn and nothing charged.`
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
