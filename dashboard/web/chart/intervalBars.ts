import { max, scaleLinear } from "d3"
import type { Distribution } from "../../api/Distribution.ts"
import { formatShare } from "../format/formatShare.ts"
import { formatValue } from "../format/formatValue.ts"
import type { Drawing, Look } from "./Drawing.ts"
import { fitText } from "./fitText.ts"
import { shortLabel } from "./shortLabel.ts"
import { svg } from "./svg.ts"
import { textWidth } from "./textWidth.ts"

const rowHeight = 22
const barHeight = 10

/** Draws a measure over the values of a key: bars, and on each the interval that the noise leaves. */
export function intervalBars(distribution: Distribution, look: Look): Drawing {
  const { width, palette, language, words } = look
  const { bars, unit, confidence, omitted } = distribution
  const label = (name: Distribution["field"]): string => shortLabel(name, language)
  const figure = (value: number): string => formatValue(value, unit, language, "short")
  const left = Math.min(width * 0.36, (max(bars, (bar) => textWidth(bar.key, 12)) ?? 0) + 12)
  const right = (max(bars, (bar) => textWidth(figure(bar.value), 12)) ?? 0) + 14
  const end = Math.max(left + 40, width - right)
  const x = scaleLinear([0, max(bars, (bar) => bar.high) || 1], [left, end]).clamp(true)
  const share = formatShare(confidence, language)

  const rows = bars.map((bar, i) => {
    const middle = i * rowHeight + rowHeight / 2
    const whisker = `M${x(bar.low)},${middle}H${x(bar.high)}M${x(bar.low)},${middle - 4}v8M${x(bar.high)},${middle - 4}v8`
    return svg`<g data-tip="${`${bar.key}: ${formatValue(bar.value, unit, language)} (${share}: ${figure(bar.low)} – ${figure(bar.high)})`}">
<rect x="0" y="${i * rowHeight}" width="${width}" height="${rowHeight}" fill="transparent"/>
<text x="0" y="${middle}" dy="0.35em" font-size="12" fill="${palette.ink}">${fitText(bar.key, left - 8, 12)}</text>
<rect x="${left}" y="${middle - barHeight / 2}" width="${Math.max(0, x(bar.value) - left)}" height="${barHeight}" fill="${palette.main}"/>
<path d="${whisker}" stroke="${palette.ink}" stroke-width="1" fill="none"/>
<text x="${width}" y="${middle}" dy="0.35em" text-anchor="end" font-size="12" fill="${palette.soft}">${figure(bar.value)}</text></g>`
  })
  const height = bars.length * rowHeight
  return {
    title: words.chart.bars(
      distribution.facet ?? "",
      label(distribution.measure),
      label(distribution.field),
      words.unit(unit)
    ),
    width,
    height,
    body: svg`<line x1="${left}" x2="${left}" y1="0" y2="${height}" stroke="${palette.rule}"/>${rows}`,
    legend: [
      { color: palette.main, label: words.chart.released },
      { color: palette.ink, label: words.chart.interval(share) }
    ],
    ...(omitted > 0 ? { note: words.chart.omitted(omitted) } : {}),
    table: {
      head: [label(distribution.field), label(distribution.measure), words.chart.low, words.chart.high],
      rows: bars.map((bar) => [bar.key, bar.value, Math.round(bar.low), Math.round(bar.high)])
    }
  }
}
