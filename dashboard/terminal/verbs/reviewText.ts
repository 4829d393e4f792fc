import { formatMoney } from "#core/money/formatMoney.ts"
import type { ReviewItem } from "#catalog/life/ProductLife.ts"
import { stateNames } from "#catalog/life/stateNames.ts"
import type { IndexEvidence } from "#pricing/index/IndexEvidence.ts"
import { table } from "../table.ts"

type Language = "zh" | "en"

const words = {
  en: {
    nothing: "Nothing waits for anybody.",
    waits: {
      assessment: "to be submitted",
      approval: "for approval",
      version: "for approval of a version that breaks its contract",
      resume: "for approval to go on",
      attention: "for evidence: it is on sale without"
    },
    by: "submitted by",
    index: "index",
    approved: "with the approval",
    target: "the bar is 85",
    price: "expected price",
    loss: "privacy loss",
    rows: "rows",
    contract: "contract",
    ready: "Nothing speaks against it.",
    missing: "Speaks against it:",
    gate: ["gate", "", "verdict", "until", "by", "evidence"],
    part: ["domain", "weight", "score", "items"],
    pass: "pass",
    fail: "FAIL",
    sample: "sample evidence",
    house: "the house"
  },
  zh: {
    nothing: "没有待办事项。",
    waits: {
      assessment: "待提交",
      approval: "待审批",
      version: "有不兼容的新版本待审批",
      resume: "待批准恢复",
      attention: "在售但证据不足"
    },
    by: "提交人",
    index: "可交易性指数",
    approved: "审批后",
    target: "门槛 85",
    price: "预期标价",
    loss: "隐私损失",
    rows: "行数",
    contract: "契约",
    ready: "没有反对理由。",
    missing: "反对理由：",
    gate: ["门槛", "", "结论", "有效至", "出具人", "证据"],
    part: ["领域", "权重", "得分", "分项"],
    pass: "通过",
    fail: "未通过",
    sample: "示例证据",
    house: "系统测得"
  }
} as const

/** The review queue as a person reads it. */
export function reviewText(items: ReadonlyArray<ReviewItem>, language: Language): string {
  return items.length === 0 ? words[language].nothing : items.map((item) => one(item, language)).join("\n\n")
}

function one(item: ReviewItem, language: Language): string {
  const say = words[language]
  const { assessment, missing, requestedBy } = item
  const { index, price, loss, rows, contract, change } = assessment
  const signer = ({ signer, isDemo }: IndexEvidence): string =>
    `${signer ?? say.house}${isDemo === true ? ` (${say.sample})` : ""}`
  return [
    `${item.product} ${assessment.version} · ${item.title[language]} · ${stateNames[item.state][language]}, ${say.waits[item.waitsFor]}${requestedBy === null ? "" : ` (${say.by} ${requestedBy})`}`,
    `${say.contract} ${contract}${change.reasons.length === 0 ? "" : `: ${change.reasons.map((own) => own[language]).join("; ")}`}`,
    `${say.index} ${index.index.toFixed(1)}, ${say.approved} ${item.expected.toFixed(1)} (${say.target}); ${say.price} ${formatMoney(price)}; ${say.loss} epsilon ${loss.epsilon}, delta ${loss.delta}, rho ${loss.rho.toFixed(6)}; ${say.rows} ${rows}`,
    ...(missing.length === 0 ? [say.ready] : [say.missing, ...missing.map((own) => `  - ${own[language]}`)]),
    "",
    table(
      say.gate,
      index.gates.map(({ id, name, passed, expiresAt, evidence }) => {
        const newest = evidence.at(-1)
        return [
          id,
          name[language],
          passed ? say.pass : say.fail,
          expiresAt?.slice(0, 10) ?? "",
          newest === undefined ? "" : signer(newest),
          newest?.note ?? ""
        ]
      })
    ),
    "",
    table(
      say.part,
      index.domains.map(({ name, weight, score, items }) => [
        name[language],
        weight.toFixed(1),
        score.toFixed(2),
        items.map((own) => `${own.name[language]} ${own.score.toFixed(2)}`).join(", ")
      ])
    )
  ].join("\n")
}
