import type { QualityReport } from "#privacy/disclosure/quality/QualityReport.ts"
import type { RuleBreaks } from "#privacy/disclosure/quality/ruleBreaks.ts"
import { svg } from "../web/chart/svg.ts"
import type { Svg } from "../web/chart/svg.ts"
import { columnBars } from "./columnBars.ts"
import { drawFigure } from "./drawFigure.ts"
import { heatSquares } from "./heatSquares.ts"
import { htmlTable } from "./htmlTable.ts"
import type { Cell } from "./htmlTable.ts"
import { riskWords as words } from "./riskWords.ts"
import { say } from "./say.ts"
import { subsampleLine } from "./subsampleLine.ts"

/** Columns whose laws are drawn; the table has all. */
const PICTURES = 30

const span = ({ auc, low, high }: { readonly auc: number; readonly low: number; readonly high: number }): string =>
  `${auc.toFixed(3)} (${low.toFixed(3)} – ${high.toFixed(3)})`

/** How near the synthetic file is to the real one. */
export function qualitySection(quality: QualityReport): Svg {
  const { columns, marginals, pairs, association, subsamples, marginalScore, asGoodAsShare, propensity, models } =
    quality
  const names = columns.map(({ name }) => name)
  const score = {
    en: `The synthetic file scores ${marginalScore.toFixed(0)} of 1,000 on ${marginals[2]!.sets} sets of three columns, like a random ${(100 * asGoodAsShare).toFixed(0)} % of the real file; an independent file as large as the real one reaches about 33 %.`,
    zh: `合成文件在 ${marginals[2]!.sets} 组三列组合上得分 ${marginalScore.toFixed(0)} / 1000，相当于真实文件的 ${(100 * asGoodAsShare).toFixed(0)}% 随机子样；与真实文件同样大的独立文件约为 33%。`
  }
  return svg`<h2>${say(words.quality)}</h2><h3>${say(words.laws)}</h3>
${htmlTable(
  [words.ways, words.mean, words.worst, words.sets],
  marginals.map(({ ways, mean, worst, sets }) => [ways, mean.toFixed(4), worst.toFixed(4), sets])
)}
<p>${say(words.association)}: ${association.meanDifference.toFixed(3)}, ${association.worstDifference.toFixed(3)}</p>
<h3>${say(words.subsamples)}</h3><p>${say(score)}</p><figure>${drawFigure(subsampleLine(subsamples, marginalScore, 720), "score of subsamples by share")}</figure>
<details><summary>${say(words.share)} / ${say(words.score)}</summary>${htmlTable(
    [words.share, words.score],
    subsamples.map(({ share, score: own }) => [`${Math.round(100 * share)} %`, own.toFixed(0)])
  )}</details>
<h3>${say(words.pairs)}</h3><figure class="wide">${drawFigure(heatSquares(names, pairs, 760), "total variation of each pair")}</figure>
<details><summary>${say(words.pairs)}</summary>${htmlTable(
    [words.column, ...names.map((name) => ({ zh: name, en: name }))],
    pairs.map((line, i) => [
      names[i]!,
      ...line.map((value, j): Cell => (i === j || Number.isNaN(value) ? "-" : value.toFixed(4)))
    ])
  )}</details>
<h3>${say(words.columnLaws)}</h3><p class="legend"><span class="sw real"></span>${say(words.real)}<span class="sw made"></span>${say(words.synthetic)}. ${say(words.noValues)}</p>
<div class="many">${columns.slice(0, PICTURES).map((column) => svg`<div><h3>${column.name}</h3><figure>${drawFigure(columnBars(column), column.name)}</figure>${lawTable(column)}</div>`)}</div>
<h3>${say(words.variation)}</h3>
${htmlTable(
  [words.column, words.kind, words.variation],
  columns.map(({ name, kind, totalVariation }) => [name, say(words[kind]), totalVariation.toFixed(4)])
)}
<h3>${say(words.models)}</h3>
${htmlTable(
  [words.target, words.trainedReal, words.trainedSynthetic, words.testRows],
  models.map(({ target, real, synthetic, testRows }) => [target, span(real), span(synthetic), testRows])
)}
<h3>${say(words.apart)}</h3>
${htmlTable(
  [words.files, words.pmse, words.auc],
  [
    [svg`${say(words.real)} / ${say(words.synthetic)}`, propensity.pmse.toFixed(4), span(propensity)],
    ...(quality.propensityOfHoldout === undefined
      ? []
      : [
          [
            svg`${say(words.real)} / ${say(words.holdout)}`,
            quality.propensityOfHoldout.pmse.toFixed(4),
            span(quality.propensityOfHoldout)
          ]
        ])
  ]
)}
<h3>${say(words.rules)}</h3>
${ruleTable(quality.rules, quality.rulesOfHoldout)}`
}

const lawTable = ({ real, synthetic }: QualityReport["columns"][number]): Svg =>
  svg`<details><summary>${say(words.real)} / ${say(words.synthetic)}</summary>${htmlTable(
    [words.code, words.real, words.synthetic],
    real.map((share, i) => [i, share.toFixed(4), synthetic[i]!.toFixed(4)])
  )}</details>`

function ruleTable(rules: RuleBreaks, holdout: RuleBreaks | undefined): Svg {
  const head = [words.rule, words.synthetic, ...(holdout === undefined ? [] : [words.holdout])]
  return htmlTable(
    head,
    (
      [
        [words.range, "range"],
        [words.unseen, "unseen"],
        [words.together, "pairs"],
        [words.any, "any"]
      ] as const
    ).map(([name, key]) => [
      say(name),
      `${rules[key]} / ${rules.rows}`,
      ...(holdout === undefined ? [] : [`${holdout[key]} / ${holdout.rows}`])
    ])
  )
}
