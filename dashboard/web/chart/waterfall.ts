import { max, scaleLinear } from "d3"
import { formatMoney } from "../format/formatMoney.ts"
import { formatNumber } from "../format/formatNumber.ts"
import type { Drawing, Look } from "./Drawing.ts"
import { fitText } from "./fitText.ts"
import { svg } from "./svg.ts"
import { textWidth } from "./textWidth.ts"
import type { WaterfallStep } from "./waterfallSteps.ts"

const rowHeight = 30
const barHeight = 14

/** Draws how a price comes about: one row a step, money to the right. */
export function waterfall(steps: ReadonlyArray<WaterfallStep>, currency: string, look: Look): Drawing {
  const { width, palette, language, words } = look
  const money = (minor: number): string => formatMoney({ minor: Math.round(minor), currency }, language)
  const change = ({ kind, before, after }: WaterfallStep): string => {
    if (kind === "base" || kind === "price") return money(after)
    const difference = Math.round(after - before)
    return difference === 0 ? "–" : `${difference > 0 ? "+" : "−"}${money(Math.abs(difference))}`
  }
  const name = (step: WaterfallStep): string => (language === "en" ? step.label.en : step.label.zh)
  const left = Math.min(
    width * (width < 480 ? 0.42 : 0.34),
    (max(steps, (step) => textWidth(name(step), 12)) ?? 0) + 64
  )
  const right = (max(steps, (step) => textWidth(change(step), 12)) ?? 0) + 14
  const x = scaleLinear(
    [0, max(steps, (step) => Math.max(step.before, step.after)) || 1],
    [left, Math.max(left + 40, width - right)]
  )
  const color = ({ kind, before, after }: WaterfallStep): string =>
    kind === "base"
      ? palette.main
      : kind === "price"
        ? palette.mark
        : after === before
          ? palette.faint
          : after > before
            ? palette.up
            : palette.down

  const rows = steps.map((step, i) => {
    const top = i * rowHeight + (rowHeight - barHeight) / 2
    const from = x(Math.min(step.before, step.after))
    const to = x(Math.max(step.before, step.after))
    const middle = i * rowHeight + rowHeight / 2
    const ratio =
      step.ratio === undefined ? "" : `×${formatNumber(step.ratio, language, 4, step.ratio < 1e4 ? "full" : "short")}`
    const weight = step.kind === "price" ? 600 : 400
    return svg`<g data-tip="${`${name(step)} ${ratio} → ${money(step.after)}`}">
<rect x="0" y="${i * rowHeight}" width="${width}" height="${rowHeight}" fill="transparent"/>
<text x="0" y="${middle}" dy="0.35em" font-size="12" font-weight="${weight}" fill="${palette.ink}">${fitText(name(step), left - 62, 12)}</text>
<text x="${left - 8}" y="${middle}" dy="0.35em" font-size="12" text-anchor="end" fill="${palette.faint}">${ratio}</text>
<rect x="${from}" y="${top}" width="${Math.max(1.5, to - from)}" height="${barHeight}" fill="${color(step)}"/>
${
  i + 1 < steps.length
    ? svg`<line x1="${x(step.after)}" x2="${x(step.after)}" y1="${top + barHeight}" y2="${top + rowHeight}" stroke="${palette.faint}" stroke-width="1"/>`
    : svg``
}
<text x="${width}" y="${middle}" dy="0.35em" font-size="12" font-weight="${weight}" text-anchor="end" fill="${palette.ink}">${change(step)}</text></g>`
  })
  return {
    title: words.chart.waterfall(currency),
    width,
    height: steps.length * rowHeight,
    body: svg`<line x1="${left}" x2="${left}" y1="0" y2="${steps.length * rowHeight}" stroke="${palette.rule}"/>${rows}`,
    legend: [
      { color: palette.main, label: words.chart.base },
      { color: palette.up, label: words.chart.adds },
      { color: palette.down, label: words.chart.takes },
      { color: palette.mark, label: words.chart.price }
    ],
    ...(steps.every((step) => step.ratio === undefined || step.ratio === 1) ? { note: words.chart.reference } : {}),
    table: {
      head: [words.chart.step, words.chart.factor, `${words.chart.after} (${currency})`],
      rows: steps.map((step) => [name(step), step.ratio ?? "", step.after / 100])
    }
  }
}
