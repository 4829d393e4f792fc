import type { AttackReport, AttackResult } from "#privacy/disclosure/attack/AttackReport.ts"
import { svg } from "../web/chart/svg.ts"
import type { Svg } from "../web/chart/svg.ts"
import { drawFigure } from "./drawFigure.ts"
import { htmlTable } from "./htmlTable.ts"
import { intervalPlot } from "./intervalPlot.ts"
import { attackSentences, attackWords, riskWords as words } from "./riskWords.ts"
import { say } from "./say.ts"
import type { Saying } from "./say.ts"

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`
const chance = (p: number): string => (p < 1e-4 ? p.toExponential(1) : p.toFixed(4))

const nameOf = ({ attack, column }: AttackResult): Saying =>
  column === undefined
    ? attackWords[attack]
    : { zh: `${attackWords[attack].zh}：${column}`, en: `${attackWords[attack].en}: ${column}` }

/** What the attacks did, with the control beside every one. */
export function attackSection({
  attacks,
  membership,
  nearerToMembers,
  control,
  falseAlarmRate,
  tests
}: AttackReport): Svg {
  const rows = attacks.map((one) => [
    say(nameOf(one)),
    `${one.members.hits} / ${one.members.n}`,
    `${one.controls.hits} / ${one.controls.n}`,
    percent(one.risk),
    `${percent(one.low)} – ${percent(one.high)}`,
    chance(one.p),
    { text: say(one.found ? words.leaks : words.quiet), loud: one.found }
  ])
  const kinds = [...new Set(attacks.map(({ attack }) => attack)), "membership" as const]
  const method: Saying = {
    en: `Members are people whose rows were used, controls people whose rows were not${control === "holdout" ? " (the holdout)" : "; without a holdout, half of the synthetic rows plays them and the other half is attacked, which is weaker: give --holdout if there is one"}. Risk is (members − controls) / (1 − controls). Verdicts come from one-sided exact tests (Fisher; for membership Mann and Whitney) that share a false-alarm rate of ${percent(falseAlarmRate)} over all ${tests}: of a hundred honest files one is called leaky at most.`,
    zh: `成员：数据被使用的人；对照：数据未被使用的人${control === "holdout" ? "（留出文件）" : "；没有留出文件时，用一半合成行充当对照、攻击另一半，效力较弱，如有请给出 --holdout"}。风险 =（成员 − 对照）/（1 − 对照）。结论来自单侧精确检验（Fisher；成员推断用 Mann–Whitney），全部 ${tests} 项检验合计误报率 ${percent(falseAlarmRate)}：一百个没有泄露的文件最多误判一个。`
  }
  return svg`<h2>${say(words.attacks)}</h2><p>${say(method)}</p>
<figure class="scrolls">${drawFigure(
    intervalPlot(
      attacks.map((one) => ({ label: nameOf(one), value: one.risk, low: one.low, high: one.high, loud: one.found })),
      1000
    ),
    "risk of each attack with 95 % interval"
  )}</figure>
${htmlTable([words.attack, words.members, words.controls, words.risk, words.interval, words.pValue, words.verdict], rows)}
<details><summary>${say(words.how)}</summary>${kinds.map((kind) => svg`<p><strong>${say(attackWords[kind])}</strong> ${say(attackSentences[kind])}</p>`)}</details>
<h3>${say(words.membership)}</h3>
${htmlTable(
  [words.attack, words.risk, words.interval, words.pValue, words.verdict],
  [
    [
      say(words.auc),
      membership.auc.toFixed(3),
      `${membership.low.toFixed(3)} – ${membership.high.toFixed(3)}`,
      chance(membership.p),
      { text: say(membership.found ? words.leaks : words.quiet), loud: membership.found }
    ],
    ...membership.atFalseRate.map((one) => [
      svg`${say(words.rateAt)} ${percent(one.falseRate)}`,
      percent(one.rate),
      `${percent(one.low)} – ${percent(one.high)}`,
      "-",
      svg``
    ]),
    [say(words.epsilon), membership.epsilonAtLeast.toFixed(3), "-", "-", svg``]
  ]
)}
<p>${say(words.nearer)}: ${percent(nearerToMembers.share)} (${percent(nearerToMembers.low)} – ${percent(nearerToMembers.high)})</p>`
}
