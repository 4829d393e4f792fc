import { max, scaleLinear, sum } from "d3"
import type { CustomerBenefits } from "../../../api/customer/CustomerBenefits.ts"
import type { Drawing, Look } from "../../chart/Drawing.ts"
import { svg } from "../../chart/svg.ts"
import { textWidth } from "../../chart/textWidth.ts"
import { formatMonth } from "../../format/formatMonth.ts"
import { customerWords } from "./customerWords.ts"
import { formatMicro } from "./formatMicro.ts"

const height = 170
const margin = { top: 24, bottom: 24 }

/** Draws what was earned by month in one currency. */
export function benefitBars(lines: CustomerBenefits["lines"], currency: string, look: Look): Drawing {
  const { width, palette, language } = look
  const words = customerWords(language).benefits
  const own = lines.filter((line) => line.currency === currency)
  const months = [...new Set(own.map(({ month }) => month))].sort()
  const earned = months.map((month) =>
    sum(
      own.filter((line) => line.month === month),
      ({ micro }) => micro
    )
  )
  const y = scaleLinear([0, max(earned) || 1], [height - margin.bottom, margin.top])
  const step = Math.min(120, width / Math.max(1, months.length))
  const gap = Math.min(6, step * 0.15)
  // A month is named where the last name is far enough away, and an amount stands only over a bar that is as wide as it.
  let named = -Infinity
  const placeOf = (i: number): number | undefined => {
    const place = Math.max(29, Math.min(width - 29, (i + 0.5) * step))
    if (place - named < 58) return undefined
    named = place
    return place
  }
  const places = months.map((_, i) => placeOf(i))
  const text = (micro: number): string => formatMicro(micro, currency, language)
  return {
    title: `${words.chart} (${currency})`,
    width,
    height,
    body: svg`<line x1="0" x2="${width}" y1="${height - margin.bottom}" y2="${height - margin.bottom}" stroke="${palette.rule}"/>
${months.map(
  (
    month,
    i
  ) => svg`<g data-tip="${`${formatMonth(month, language)}: ${text(earned[i]!)}`}"><rect x="${i * step + gap}" y="${y(earned[i]!)}" width="${step - 2 * gap}" height="${height - margin.bottom - y(earned[i]!)}" fill="${palette.main}"/>
${
  textWidth(text(earned[i]!), 11) > step - 2
    ? svg``
    : svg`<text x="${(i + 0.5) * step}" y="${y(earned[i]!) - 6}" text-anchor="middle" font-size="11" fill="${palette.ink}">${text(earned[i]!)}</text>`
}${
    places[i] === undefined
      ? svg``
      : svg`<text x="${places[i]}" y="${height - 7}" text-anchor="middle" font-size="11" fill="${palette.faint}">${formatMonth(month, language)}</text>`
  }</g>`
)}`,
    table: {
      head: [words.month, words.amount],
      rows: months.map((month, i) => [month, text(earned[i]!)])
    }
  }
}
