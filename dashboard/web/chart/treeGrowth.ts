import { area, curveStepAfter, line, scaleLinear, scaleUtc } from "d3"
import { formatDay } from "../format/formatDay.ts"
import { formatInstant } from "../format/formatInstant.ts"
import { formatNumber } from "../format/formatNumber.ts"
import type { Drawing, Look } from "./Drawing.ts"
import { svg } from "./svg.ts"
import { textWidth } from "./textWidth.ts"

const height = 220
const margin = { top: 20, right: 16, bottom: 26, left: 52 }

/** Draws how many entries the log held over time: a line that never falls. */
export function treeGrowth(
  points: ReadonlyArray<{ readonly at: string; readonly size: number }>,
  words: { readonly title: string; readonly at: string; readonly entries: string },
  look: Look
): Drawing {
  const { width, palette, language } = look
  const most = Math.max(1, ...points.map(({ size }) => size))
  const times = points.map(({ at }) => Date.parse(at))
  const first = times.length === 0 ? 0 : Math.min(...times)
  // One point alone still needs a stretch of time to stand in.
  const last = Math.max(first + 60_000, ...times)
  const x = scaleUtc([first, last], [margin.left, width - margin.right])
  const y = scaleLinear([0, most], [height - margin.bottom, margin.top]).nice()
  type Point = (typeof points)[number]
  const shown = [...points, { at: new Date(last).toISOString(), size: points.at(-1)?.size ?? 0 }]
  const at = (point: Point): number => x(Date.parse(point.at))
  const steps = line<Point>(at, (point) => y(point.size)).curve(curveStepAfter)
  const filled = area<Point>(at, y(0), (point) => y(point.size)).curve(curveStepAfter)
  const count = (n: number): string => formatNumber(n, language, 3, "short")
  // On a narrow picture two instants do not stand side by side: their days do.
  const told = (iso: string): string =>
    2 * textWidth(formatInstant(iso, language), 11) + 16 > width - margin.left - margin.right
      ? formatDay(iso, language, "short")
      : formatInstant(iso, language)
  // The ends, and what fits between them: instants are long.
  const between = Math.max(0, Math.floor((width - margin.left) / 260) - 2)
  const ticks = Array.from({ length: between + 2 }, (_, i) => new Date(first + ((last - first) * i) / (between + 1)))
  return {
    title: words.title,
    width,
    height,
    body:
      points.length === 0
        ? svg``
        : svg`
${y
  .ticks(4)
  .filter(Number.isInteger)
  .map(
    (tick) =>
      svg`<line x1="${margin.left}" x2="${width - margin.right}" y1="${y(tick)}" y2="${y(tick)}" stroke="${palette.rule}"/><text x="${margin.left - 6}" y="${y(tick)}" dy="0.35em" text-anchor="end" font-size="11" fill="${palette.faint}">${count(tick)}</text>`
  )}
${ticks.map(
  (tick) =>
    svg`<text x="${x(tick)}" y="${height - 8}" text-anchor="${tick.getTime() === first ? "start" : tick.getTime() === last ? "end" : "middle"}" font-size="11" fill="${palette.faint}">${told(tick.toISOString())}</text>`
)}
<path d="${filled(shown) ?? ""}" fill="${palette.main}" fill-opacity="0.16"/>
<path d="${steps(shown) ?? ""}" fill="none" stroke="${palette.main}" stroke-width="2"/>
<circle cx="${x(last)}" cy="${y(shown.at(-1)!.size)}" r="4" fill="${palette.mark}" stroke="${palette.surface}" stroke-width="1.5"/>`,
    table: {
      head: [words.at, words.entries],
      rows: points.map((point) => [formatInstant(point.at, language), point.size])
    }
  }
}
