import { area, line, scaleLinear, scaleUtc } from "d3"
import { formatDay } from "../format/formatDay.ts"
import type { Drawing, Look } from "./Drawing.ts"
import { svg } from "./svg.ts"

/** One figure over time. */
export interface TimeLine {
  readonly name: string
  readonly color: string
  readonly dashed?: boolean
  /** One a day of the chart; null where nothing is known. */
  readonly values: ReadonlyArray<number | null>
}

const height = 230
const margin = { top: 14, right: 16, bottom: 26, left: 64 }

/**
 * Draws figures over the same days, each for itself: they are never stacked. Where nothing was known the line has a gap.
 *
 * @param days  ISO days, oldest first
 * @param show  a figure as people read it
 */
export function timeLines(
  days: ReadonlyArray<string>,
  lines: ReadonlyArray<TimeLine>,
  show: (value: number) => string,
  words: { readonly title: string; readonly day: string; readonly note?: string; readonly isBand?: boolean },
  look: Look
): Drawing {
  const { width, palette, language } = look
  const first = Date.parse(days[0]!)
  // One day alone still needs a stretch of time to stand in.
  const last = Math.max(first + 86_400_000, Date.parse(days.at(-1)!))
  const x = scaleUtc([first, last], [margin.left, width - margin.right])
  const known = lines.flatMap(({ values }) => values.filter((value) => value !== null))
  const y = scaleLinear([Math.min(0, ...known), Math.max(1, ...known)], [height - margin.bottom, margin.top]).nice(4)
  const at = (i: number): number => x(Date.parse(days[i]!))
  const every = Math.max(1, Math.ceil(days.length / 12))
  const band =
    words.isBand === true && lines.length > 1
      ? area<number>(
          (_, i) => at(i),
          (_, i) => y(lines[0]!.values[i] ?? 0),
          (_, i) => y(lines[1]!.values[i] ?? 0)
        )(days.map((_, i) => i))
      : null
  const ticks = x.ticks(Math.max(2, Math.floor((width - margin.left) / 130)))
  return {
    title: words.title,
    width,
    height,
    body: svg`${y.ticks(4).map(
      (
        tick
      ) => svg`<line x1="${margin.left}" x2="${width - margin.right}" y1="${y(tick)}" y2="${y(tick)}" stroke="${palette.rule}"/>
<text x="${margin.left - 6}" y="${y(tick)}" dy="0.35em" text-anchor="end" font-size="11" fill="${palette.faint}">${show(tick)}</text>`
    )}
${ticks.map(
  (tick) =>
    svg`<text x="${x(tick)}" y="${height - 8}" text-anchor="${x(tick) > width - 44 ? "end" : x(tick) < margin.left + 20 ? "start" : "middle"}" font-size="11" fill="${palette.faint}">${formatDay(tick.toISOString(), language, "short")}</text>`
)}
${band === null ? svg`` : svg`<path d="${band}" fill="${palette.main}" fill-opacity="0.12"/>`}
${lines.map(({ name, color, dashed, values }) => {
  const path = line<number | null>(
    (_, i) => at(i),
    (value) => y(value ?? 0)
  ).defined((value) => value !== null)(values)
  const end = values.findLastIndex((value) => value !== null)
  return svg`<path d="${path ?? ""}" fill="none" stroke="${color}" stroke-width="2"${dashed === true ? svg` stroke-dasharray="5 4"` : svg``}/>
${values.map((value, i) =>
  value === null || (i % every !== 0 && i !== end)
    ? svg``
    : svg`<circle cx="${at(i)}" cy="${y(value)}" r="${i === end ? 3.5 : 7}" fill="${i === end ? color : palette.surface}" fill-opacity="${i === end ? 1 : 0}" data-tip="${`${formatDay(days[i]!, language)}\n${name}: ${show(value)}`}"/>`
)}`
})}`,
    legend: lines.map(({ name, color, dashed }) => ({ color, label: name, ...(dashed === true ? { dashed } : {}) })),
    ...(words.note === undefined ? {} : { note: words.note }),
    table: {
      head: [words.day, ...lines.map(({ name }) => name)],
      rows: days.map((day, i) => [
        day,
        ...lines.map(({ values }) => {
          const value = values[i]
          return value === null || value === undefined ? "–" : show(value)
        })
      ])
    }
  }
}
