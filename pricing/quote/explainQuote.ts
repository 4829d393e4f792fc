import type { Evidence } from "../evidence/Evidence.ts"
import type { RowGroup } from "../depth/rowMeasure.ts"
import { price } from "../price/price.ts"
import { timeliness } from "../ttl/timeliness.ts"
import type { Decay } from "../ttl/timeliness.ts"
import type { Explanation, Label } from "./Explanation.ts"
import { priceInputsAt } from "./priceInputsAt.ts"
import type { PriceInputsAt } from "./priceInputsAt.ts"
import type { Quote } from "./Quote.ts"
import type { PricePolicy } from "./QuoteInputs.ts"

/**
 * Explains a quote as a tree whose every number is computed from its children or opens to its evidence. A pure function of the quote,
 * so it adds nothing that the quote's hash does not already cover.
 *
 * @source  pricing.md, Its explanation is a tree
 */
export function explainQuote(quote: Pick<Quote, "inputs" | "issuedAt">): Explanation {
  const at = priceInputsAt(quote.inputs, quote.issuedAt)
  const { inputs } = at
  const { fen, terms } = price(inputs)
  return sum(
    "price",
    ["价格", "Price"],
    fen,
    "minor",
    "ceil(max(floor, formula) - 2^-30 max(1, max(floor, formula)))",
    [
      leaf("price.floor", ["底价", "Floor"], inputs.floor),
      sum(
        "price.formula",
        ["公式价", "Formula price"],
        terms.formula,
        "minor",
        "base * demand * depth * volume * accuracy",
        [
          leaf("price.formula.base", ["基准价", "Base price"], inputs.base),
          leaf("price.formula.demand", ["需求系数", "Demand factor"], inputs.demand),
          sum(
            "price.formula.depth",
            ["信息深度比", "Depth against the reference"],
            terms.depth,
            "ratio",
            "bits / bits_ref",
            [
              leaf("price.formula.depth.bits", ["信息量 H(S)", "Information H(S)"], inputs.artefact.bits),
              leaf(
                "price.formula.depth.bits_ref",
                ["参照信息量 H(S*)", "Reference information H(S*)"],
                inputs.reference.bits
              )
            ]
          ),
          sum(
            "price.formula.volume",
            ["有效行数比", "Fresh rows against the reference"],
            terms.volume,
            "ratio",
            "(mu / mu_ref)^beta",
            [
              explainRows("price.formula.volume.mu", quote.inputs.policy, at),
              leaf("price.formula.volume.mu_ref", ["参照有效行数", "Reference fresh rows"], inputs.reference.mu),
              leaf("price.formula.volume.beta", ["数量指数", "Volume exponent"], inputs.beta)
            ]
          ),
          sum(
            "price.formula.accuracy",
            ["精度比", "Accuracy against the reference"],
            terms.accuracy,
            "ratio",
            "(1 - exp(-rho / r0)) / (1 - exp(-rho_ref / r0))",
            [
              leaf("price.formula.accuracy.rho", ["隐私损失 ρ", "Privacy loss rho"], inputs.artefact.rho),
              leaf(
                "price.formula.accuracy.rho_ref",
                ["参照隐私损失 ρ*", "Reference privacy loss rho*"],
                inputs.reference.rho
              ),
              leaf("price.formula.accuracy.r0", ["精度尺度 r0", "Accuracy scale r0"], inputs.r0)
            ]
          )
        ]
      )
    ]
  )
}

function explainRows(id: string, policy: PricePolicy, { inputs, groups, decay }: PriceInputsAt): Explanation {
  const children = groups.map((group, i) => explainGroup(`${id}.${i + 1}`, group, policy, decay))
  const formula = "sum of rows * weight * timeliness"
  return sum(id, ["有效行数", "Fresh rows"], inputs.artefact.mu.value, "row", formula, children)
}

function explainGroup(id: string, { rows, weight, ageDays }: RowGroup, policy: PricePolicy, decay: Decay): Explanation {
  const fresh = timeliness(ageDays.value, decay)
  const fading = "archival + (1 - archival) 2^(-max(0, age - grace) / half_life)"
  return sum(
    id,
    ["同期数据行", "Rows of one time"],
    rows.value * weight.value * fresh,
    "row",
    "rows * weight * timeliness",
    [
      leaf(`${id}.rows`, ["行数", "Rows"], rows),
      leaf(`${id}.weight`, ["层权重", "Stratum weight"], weight),
      sum(`${id}.timeliness`, ["时效 T", "Timeliness T"], fresh, "ratio", fading, [
        leaf(`${id}.timeliness.age`, ["数据年龄", "Age of the data"], ageDays),
        leaf(`${id}.timeliness.grace`, ["保鲜期", "Grace"], policy.grace),
        leaf(`${id}.timeliness.half_life`, ["半衰期", "Half-life"], policy.halfLife),
        leaf(`${id}.timeliness.archival`, ["存档价值占比", "Archival share"], policy.archival)
      ])
    ]
  )
}

type Names = readonly [zh: string, en: string]
const labelled = ([zh, en]: Names): Label => ({ zh, en })

const leaf = (id: string, names: Names, evidence: Evidence): Explanation => ({
  id,
  label: labelled(names),
  value: evidence.value,
  unit: evidence.unit,
  evidence
})

const sum = (
  id: string,
  names: Names,
  value: number,
  unit: string,
  formula: string,
  children: ReadonlyArray<Explanation>
): Explanation => ({
  id,
  label: labelled(names),
  value,
  unit,
  formula,
  children
})
