import type { RiskReport } from "#privacy/disclosure/RiskReport.ts"
import { svg } from "../web/chart/svg.ts"
import type { Svg } from "../web/chart/svg.ts"
import { attackSection } from "./attackSection.ts"
import { htmlTable } from "./htmlTable.ts"
import { qualitySection } from "./qualitySection.ts"
import { riskStyle } from "./riskStyle.ts"
import { riskWords as words } from "./riskWords.ts"
import { say } from "./say.ts"

/**
 * The report as one HTML file in both languages: pictures are drawn, nothing is fetched, no script runs, and a table stands
 * beside each picture.
 * @param first  the language shown at first
 */
export function riskPage(report: RiskReport, first: "zh" | "en"): string {
  const { attacks, quality, rows } = report
  const leaks = attacks.attacks.filter(({ found }) => found).length + (attacks.membership.found ? 1 : 0)
  const verdict = {
    en: `${leaks} of ${attacks.tests} tests say so; a file that used nobody's rows has one such test at most once in ${Math.round(1 / attacks.falseAlarmRate)}.`,
    zh: `${attacks.tests} 项检验中有 ${leaks} 项如此；未使用任何人数据的文件，至多百分之 ${Math.round(100 * attacks.falseAlarmRate)} 会出现一项。`
  }
  const facts: ReadonlyArray<readonly [Svg, string]> = [
    [svg`${say(words.rows)}: ${say(words.real)}`, rows.real.toLocaleString("en")],
    [svg`${say(words.rows)}: ${say(words.synthetic)}`, rows.synthetic.toLocaleString("en")],
    ...(rows.holdout === undefined
      ? []
      : [[svg`${say(words.rows)}: ${say(words.holdout)}`, rows.holdout.toLocaleString("en")] as const]),
    [say(words.score), quality.marginalScore.toFixed(0)],
    ...quality.marginals.map(({ ways, mean }) => [svg`${ways}-way TVD`, mean.toFixed(4)] as const),
    [say(words.pmse), quality.propensity.pmse.toFixed(4)],
    ...(quality.models[0] === undefined
      ? []
      : [
          [
            say(words.trainedSynthetic),
            `${quality.models[0].synthetic.auc.toFixed(3)} / ${quality.models[0].real.auc.toFixed(3)}`
          ] as const
        ])
  ]
  const body = svg`<main><div class="bar"><input type="radio" name="language" id="zh"${checked(first === "zh")}><label for="zh">中文</label><input type="radio" name="language" id="en"${checked(first === "en")}><label for="en">English</label></div>
<h1>${say(words.title)}</h1><p>${say(words.steward)} ${say(words.noValues)}</p>
<div class="${attacks.found ? "verdict loud" : "verdict"}"><strong>${say(attacks.found ? words.found : words.notFound)}</strong><p>${say(verdict)}</p></div>
<dl>${facts.map(([name, value]) => svg`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
${attackSection(attacks)}${qualitySection(quality)}${declaredTable(report)}
<h2>${say(words.identifiers)}</h2>${identifierTable(report)}${anonymityTable(report)}
<h2>${say(words.how)}</h2><p>${say(columnNote(report))}</p></main>`
  return `<!doctype html>\n<html lang="${first === "zh" ? "zh-CN" : "en"}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>${first === "zh" ? words.title.zh : words.title.en}</title><style>${riskStyle}</style></head><body>${body.markup}</body></html>\n`
}

const checked = (is: boolean): Svg => (is ? svg` checked` : svg``)

const declaredTable = ({ declared, rows }: RiskReport): Svg =>
  declared === undefined
    ? svg``
    : svg`<h2>${say(words.declared)}</h2>${htmlTable(
        [words.declaredRule, words.columns, words.brokenSynthetic, words.brokenReal],
        declared.rules.map(({ kind, columns, broken }, place) => [
          `${place + 1} ${kind}`,
          columns.join(", "),
          { text: svg`${String(broken.synthetic)} / ${String(rows.synthetic)}`, loud: broken.synthetic !== 0 },
          `${broken.real} / ${rows.real}`
        ])
      )}`

const identifierTable = ({ identifiers }: RiskReport): Svg =>
  identifiers.length === 0
    ? svg`<p>${say(words.none)}</p>`
    : htmlTable(
        [words.column, words.kind, words.holding, words.sampled],
        identifiers.map(({ column, kind, holding, sampled }) => [column, kind.replaceAll("_", " "), holding, sampled])
      )

function anonymityTable({ anonymity }: RiskReport): Svg {
  if (anonymity === undefined) return svg``
  const { quasi, sensitive, k, l, entropyL, t, groups } = anonymity
  const name = (text: string) => ({ zh: text, en: text })
  return svg`<h2>${say(words.anonymity)}</h2><p>${quasi.join(", ")} → ${sensitive}. ${say(words.noBound)}</p>${htmlTable(
    [name("k"), name("l"), name("exp entropy"), name("t"), name("groups")],
    [[k, l, entropyL.toFixed(2), t.toFixed(4), groups]]
  )}`
}

function columnNote({ columns, left, seed, attacks }: RiskReport) {
  const keys = columns.filter(({ kind }) => kind === "key").map(({ name }) => name)
  const drawn = attacks.membership.targets
  return {
    en: `${columns.length} columns are in all files${left.length === 0 ? "" : `; ${left.join(", ")} are not and were left out`}. ${keys.length === 0 ? "" : `${keys.join(", ")} hold keys, so only whether their values come again was looked at. `}Numbers lie in 20 bins with about as many real rows each; of files over 200,000 rows a sample is read; near rows, links and guesses are tried on ${drawn} members and ${drawn} controls against at most 30,000 synthetic rows. Seed ${seed}: the same files give the same page.`,
    zh: `所有文件共有 ${columns.length} 列${left.length === 0 ? "" : `；${left.join("、")} 并非都有，未比较`}。${keys.length === 0 ? "" : `${keys.join("、")} 为键列，只检查取值是否再次出现。`}数值按真实数据等频分为 20 箱；超过 20 万行的文件只读取样本；近邻、链接与猜测在 ${drawn} 名成员和 ${drawn} 名对照上、对至多 3 万条合成行进行。种子 ${seed}：同样的文件得到同样的页面。`
  }
}
