import { area, curveStepAfter, line, scaleLinear, scaleUtc } from "d3"
import type { Budget } from "../../api/Budget.ts"
import { formatDay } from "../format/formatDay.ts"
import { formatMonth } from "../format/formatMonth.ts"
import { formatNumber } from "../format/formatNumber.ts"
import type { Drawing, Look } from "./Drawing.ts"
import { svg } from "./svg.ts"

const height = 230
const margin = { top: 22, right: 16, bottom: 26, left: 44 }

const year = 365.25 * 86_400_000

interface Point {
  readonly at: Date
  readonly left: number
}

/** Draws the privacy loss that is left, charge by charge, and where the present pace leads. */
export function burnDown({ cap, left, charges, runsOut }: Budget, now: Date, look: Look): Drawing {
  const { width, palette, language, words } = look
  const first = new Date(charges[0]?.at ?? now)
  const start = new Date(first.getTime() - 30 * 86_400_000)
  // Where the pace leads is the point of the picture; more than four years ahead is guesswork.
  const end = new Date(Math.min(runsOut === null ? Infinity : Date.parse(runsOut), now.getTime() + 4 * year))
  const x = scaleUtc([start, end], [margin.left, width - margin.right])
  const y = scaleLinear([0, cap.rho], [height - margin.bottom, margin.top])
  const points: ReadonlyArray<Point> = [
    { at: start, left: cap.rho },
    ...charges.map((charge) => ({ at: new Date(charge.at), left: cap.rho - charge.spentAfter })),
    { at: now, left: left.rho }
  ]
  const steps = line<Point>(
    (point) => x(point.at),
    (point) => y(point.left)
  ).curve(curveStepAfter)
  const filled = area<Point>(
    (point) => x(point.at),
    y(0),
    (point) => y(point.left)
  ).curve(curveStepAfter)
  const ticks = x.ticks(Math.max(2, Math.floor(width / 130)))
  const rho = (value: number): string => formatNumber(value, language, 3)
  const target =
    runsOut === null
      ? left.rho
      : (left.rho * (Date.parse(runsOut) - end.getTime())) / (Date.parse(runsOut) - now.getTime())
  return {
    title: words.chart.burnDown,
    width,
    height,
    body: svg`
${y.ticks(4).map(
  (
    tick
  ) => svg`<line x1="${margin.left}" x2="${width - margin.right}" y1="${y(tick)}" y2="${y(tick)}" stroke="${palette.rule}"/>
<text x="${margin.left - 6}" y="${y(tick)}" dy="0.35em" text-anchor="end" font-size="11" fill="${palette.faint}">${rho(tick)}</text>`
)}
<line x1="${margin.left}" x2="${width - margin.right}" y1="${y(cap.rho)}" y2="${y(cap.rho)}" stroke="${palette.ink}" stroke-dasharray="2 3"/>
<text x="${width - margin.right}" y="${y(cap.rho) - 6}" text-anchor="end" font-size="11" fill="${palette.soft}">${words.chart.cap(rho(cap.rho))}</text>
${ticks.map(
  (tick) =>
    svg`<text x="${x(tick)}" y="${height - 8}" text-anchor="${x(tick) > width - 40 ? "end" : "middle"}" font-size="11" fill="${palette.faint}">${formatMonth(tick.toISOString(), language)}</text>`
)}
<path d="${filled(points) ?? ""}" fill="${palette.main}" fill-opacity="0.16"/>
<path d="${steps(points) ?? ""}" fill="none" stroke="${palette.main}" stroke-width="2"/>
${charges.map(
  (charge) =>
    svg`<circle cx="${x(new Date(charge.at))}" cy="${y(cap.rho - charge.spentAfter)}" r="3.5" fill="${palette.surface}" stroke="${palette.main}" stroke-width="1.5" data-tip="${`${charge.product ?? words.chart.noProduct} · ${charge.period}\n−${rho(charge.rho)} ρ → ${rho(cap.rho - charge.spentAfter)}`}"/>`
)}
${
  runsOut === null
    ? svg``
    : svg`<line x1="${x(now)}" y1="${y(left.rho)}" x2="${x(end)}" y2="${y(target)}" stroke="${palette.down}" stroke-width="1.5" stroke-dasharray="5 4"/>`
}
<circle cx="${x(now)}" cy="${y(left.rho)}" r="4.5" fill="${palette.mark}" stroke="${palette.surface}" stroke-width="1.5"/>
<text x="${x(now) + 8}" y="${y(left.rho) - y(cap.rho) < 18 ? y(cap.rho) - 7 : y(left.rho) - 8}" font-size="12" font-weight="600" fill="${palette.mark}">${words.chart.left(rho(left.rho))}</text>`,
    legend: [
      { color: palette.main, label: words.chart.leftOver },
      ...(runsOut === null ? [] : [{ color: palette.down, label: words.chart.pace, dashed: true }])
    ],
    ...(runsOut === null ? {} : { note: words.chart.runsOut(formatDay(runsOut, language)) }),
    table: {
      head: [words.chart.day, words.chart.product, words.chart.period, "ρ", words.chart.leftOver],
      rows: charges.map((charge) => [
        charge.at.slice(0, 10),
        charge.product ?? "–",
        charge.period,
        Number(charge.rho.toPrecision(4)),
        Number((cap.rho - charge.spentAfter).toPrecision(4))
      ])
    }
  }
}
