import { line, range, scaleLinear } from "d3"
import type { Freshness } from "../../api/Freshness.ts"
import { formatDay } from "../format/formatDay.ts"
import { formatShare } from "../format/formatShare.ts"
import type { Drawing, Look } from "./Drawing.ts"
import { svg } from "./svg.ts"
import { timelinessAt } from "./timelinessAt.ts"

const height = 190
const margin = { top: 26, right: 12, bottom: 26, left: 38 }
const day = 86_400_000

const dayAt = (asOf: string, age: number): string => new Date(Date.parse(asOf) + age * day).toISOString()

/** Draws what a version is still worth as it ages, where it stands today and when a newer one comes. */
export function decayCurve(freshness: Freshness, look: Look): Drawing {
  const { width, palette, language, words } = look
  const { asOf, ageDays, halfLifeDays, graceDays, archival, nextUpdate } = freshness
  const next = nextUpdate === null ? undefined : (Date.parse(nextUpdate) - Date.parse(asOf)) / day
  const last = Math.max(halfLifeDays * 3 + graceDays, ageDays * 1.4, (next ?? 0) * 2, 1)
  const x = scaleLinear([0, last], [margin.left, width - margin.right])
  const y = scaleLinear([0, 1], [height - margin.bottom, margin.top])
  const ages = range(0, last + last / 200, last / 120)
  const curve = (from: number): string =>
    line<number>(
      (age) => x(age),
      (age) => y(timelinessAt(freshness, age - from))
    )(ages.filter((age) => age >= from)) ?? ""
  const now = timelinessAt(freshness, ageDays)
  const ticks = x.ticks(Math.max(2, Math.floor(width / 110)))
  const onRight = x(ageDays) > width - 130
  return {
    title: words.chart.decay,
    width,
    height,
    body: svg`
${[0, 0.5, 1].map(
  (
    tick
  ) => svg`<line x1="${margin.left}" x2="${width - margin.right}" y1="${y(tick)}" y2="${y(tick)}" stroke="${palette.rule}"/>
<text x="${margin.left - 6}" y="${y(tick)}" dy="0.35em" text-anchor="end" font-size="11" fill="${palette.faint}">${formatShare(tick, language)}</text>`
)}
${ticks.map(
  (tick) =>
    svg`<text x="${x(tick)}" y="${height - 8}" text-anchor="${tick === 0 ? "start" : x(tick) > width - 30 ? "end" : "middle"}" font-size="11" fill="${palette.faint}">${formatDay(dayAt(asOf, tick), language, "short")}</text>`
)}
<line x1="${margin.left}" x2="${width - margin.right}" y1="${y(archival)}" y2="${y(archival)}" stroke="${palette.faint}" stroke-dasharray="2 3"/>
<text x="${margin.left + 4}" y="${y(archival) - 5}" font-size="11" fill="${palette.faint}">${words.chart.archival(formatShare(archival, language))}</text>
${
  next === undefined
    ? svg``
    : svg`<path d="${curve(next)}" fill="none" stroke="${palette.main}" stroke-width="1.5" stroke-dasharray="4 3" opacity="0.6"/>
<line x1="${x(next)}" x2="${x(next)}" y1="${y(1)}" y2="${y(0)}" stroke="${palette.main}" stroke-dasharray="4 3" opacity="0.6"/>
<text x="${x(next) + 5}" y="${margin.top - 10}" font-size="11" fill="${palette.main}">${words.chart.nextUpdate(formatDay(dayAt(asOf, next), language, "short"))}</text>`
}
<path d="${curve(0)}" fill="none" stroke="${palette.main}" stroke-width="2"/>
<circle cx="${x(ageDays)}" cy="${y(now)}" r="4.5" fill="${palette.mark}" stroke="${palette.surface}" stroke-width="1.5"/>
<text x="${x(ageDays) + (onRight ? -8 : 8)}" y="${now <= 0.9 ? y(now) - 9 : y(now) + (x(graceDays) - x(ageDays) < 90 ? 38 : 18)}" text-anchor="${onRight ? "end" : "start"}" font-size="12" font-weight="600" fill="${palette.mark}">${words.chart.today(formatShare(now, language))}</text>`,
    legend: [
      { color: palette.main, label: words.chart.thisVersion },
      ...(next === undefined ? [] : [{ color: palette.main, label: words.chart.nextVersion, dashed: true }])
    ],
    note: words.chart.decayNote(halfLifeDays, graceDays),
    table: {
      head: [words.chart.day, words.chart.ageDays, words.chart.worth],
      rows: ticks.map((tick) => [
        dayAt(asOf, tick).slice(0, 10),
        tick,
        Math.round(timelinessAt(freshness, tick) * 1e4) / 1e4
      ])
    }
  }
}
