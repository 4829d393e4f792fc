import { area, curveStepAfter, line, max, scaleLinear, scaleUtc } from "d3"
import type { Value } from "../../api/Value.ts"
import { formatDay } from "../format/formatDay.ts"
import { formatMoney } from "../format/formatMoney.ts"
import type { Drawing, Look } from "./Drawing.ts"
import { svg } from "./svg.ts"

const height = 200
const margin = { top: 16, right: 16, bottom: 26, left: 64 }

const day = 86_400_000

type Point = Value["totals"][number]["revenue"][number]

/** Draws revenue that has really been paid, as it added up. */
export function revenueSteps(revenue: ReadonlyArray<Point>, currency: string, now: Date, look: Look): Drawing {
  const { width, palette, language, words } = look
  const first = Date.parse(revenue[0]?.day ?? now.toISOString())
  const last = Math.max(now.getTime(), Date.parse(revenue.at(-1)?.day ?? "1970-01-01"))
  // The step up to the first payment is part of the picture.
  const start = new Date(first - Math.max(14 * day, (last - first) * 0.08))
  const end = new Date(last)
  const points: ReadonlyArray<Point> = [
    { day: start.toISOString(), paid: { minor: 0, currency } },
    ...revenue,
    { day: end.toISOString(), paid: revenue.at(-1)?.paid ?? { minor: 0, currency } }
  ]
  const x = scaleUtc([start, end], [margin.left, width - margin.right])
  const y = scaleLinear([0, max(points, (point) => point.paid.minor) || 1], [height - margin.bottom, margin.top]).nice(
    4
  )
  const money = (minor: number): string => formatMoney({ minor, currency }, language, "short")
  const steps = line<Point>(
    (point) => x(new Date(point.day)),
    (point) => y(point.paid.minor)
  ).curve(curveStepAfter)
  const filled = area<Point>(
    (point) => x(new Date(point.day)),
    y(0),
    (point) => y(point.paid.minor)
  ).curve(curveStepAfter)
  return {
    title: words.chart.revenue(currency),
    width,
    height,
    body: svg`
${y.ticks(4).map(
  (
    tick
  ) => svg`<line x1="${margin.left}" x2="${width - margin.right}" y1="${y(tick)}" y2="${y(tick)}" stroke="${palette.rule}"/>
<text x="${margin.left - 6}" y="${y(tick)}" dy="0.35em" text-anchor="end" font-size="11" fill="${palette.faint}">${money(tick)}</text>`
)}
${x
  .ticks(Math.max(2, Math.floor(width / 140)))
  .map(
    (tick) =>
      svg`<text x="${x(tick)}" y="${height - 8}" text-anchor="${x(tick) > width - 40 ? "end" : "middle"}" font-size="11" fill="${palette.faint}">${formatDay(tick.toISOString(), language, "short")}</text>`
  )}
<path d="${filled(points) ?? ""}" fill="${palette.up}" fill-opacity="0.16"/>
<path d="${steps(points) ?? ""}" fill="none" stroke="${palette.up}" stroke-width="2"/>
${revenue.map(
  (point) =>
    svg`<circle cx="${x(new Date(point.day))}" cy="${y(point.paid.minor)}" r="3.5" fill="${palette.surface}" stroke="${palette.up}" stroke-width="1.5" data-tip="${`${formatDay(point.day, language)}\n${formatMoney(point.paid, language)}`}"/>`
)}`,
    legend: [{ color: palette.up, label: words.chart.paid }],
    table: {
      head: [words.chart.day, `${words.chart.paid} (${currency})`],
      rows: revenue.map((point) => [point.day, point.paid.minor / 100])
    }
  }
}
