import { max, scaleLinear, sum } from "d3"
import type { CustomerBenefits } from "../../../api/customer/CustomerBenefits.ts"
import type { Drawing, Look } from "../../chart/Drawing.ts"
import { svg } from "../../chart/svg.ts"
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
  ) => svg`<g data-tip="${`${formatMonth(month, language)}: ${text(earned[i]!)}`}"><rect x="${i * step + 6}" y="${y(earned[i]!)}" width="${Math.max(2, step - 12)}" height="${height - margin.bottom - y(earned[i]!)}" fill="${palette.main}"/>
<text x="${(i + 0.5) * step}" y="${y(earned[i]!) - 6}" text-anchor="middle" font-size="11" fill="${palette.ink}">${text(earned[i]!)}</text>
<text x="${(i + 0.5) * step}" y="${height - 7}" text-anchor="middle" font-size="11" fill="${palette.faint}">${formatMonth(month, language)}</text></g>`
)}`,
    table: {
      head: [words.month, words.amount],
      rows: months.map((month, i) => [month, text(earned[i]!)])
    }
  }
}
