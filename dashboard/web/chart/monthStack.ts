import { scaleBand, scaleLinear } from "d3"
import type { Drawing, Look } from "./Drawing.ts"
import { svg } from "./svg.ts"

/** A month and its parts in the order of the kinds. */
export interface StackedMonth {
  readonly month: string
  readonly parts: ReadonlyArray<number>
}

const height = 230
const margin = { top: 14, right: 12, bottom: 26, left: 64 }

/** Draws a sum by month, stacked by its parts; what was given back lies below the line. */
export function monthStack(
  months: ReadonlyArray<StackedMonth>,
  kinds: ReadonlyArray<string>,
  show: (value: number) => string,
  words: { readonly title: string; readonly month: string; readonly sum: string },
  look: Look
): Drawing {
  const { width, palette } = look
  const color = (i: number): string => palette.kinds[i % palette.kinds.length]!
  const x = scaleBand(
    months.map(({ month }) => month),
    [margin.left, width - margin.right]
  ).padding(0.3)
  // A month alone is a bar, not a wall.
  const thick = Math.min(64, x.bandwidth())
  const side = (parts: ReadonlyArray<number>, sign: number): number =>
    parts.reduce((sum, part) => (part * sign > 0 ? sum + part : sum), 0)
  const y = scaleLinear(
    [
      Math.min(0, ...months.map(({ parts }) => side(parts, -1))),
      Math.max(1, ...months.map(({ parts }) => side(parts, 1)))
    ],
    [height - margin.bottom, margin.top]
  ).nice(4)
  const every = Math.max(1, Math.ceil(months.length / Math.max(2, Math.floor(width / 70))))
  return {
    title: words.title,
    width,
    height,
    body: svg`${y.ticks(4).map(
      (
        tick
      ) => svg`<line x1="${margin.left}" x2="${width - margin.right}" y1="${y(tick)}" y2="${y(tick)}" stroke="${tick === 0 ? palette.faint : palette.rule}"/>
<text x="${margin.left - 6}" y="${y(tick)}" dy="0.35em" text-anchor="end" font-size="11" fill="${palette.faint}">${show(tick)}</text>`
    )}
${months.map(({ month, parts }, i) => {
  const left = x(month)! + (x.bandwidth() - thick) / 2
  let [above, below] = [0, 0]
  return svg`${parts.map((part, kind) => {
    if (part === 0) return svg``
    const from = part > 0 ? above : below
    if (part > 0) above += part
    else below += part
    const top = y(Math.max(from, from + part))
    return svg`<rect x="${left}" y="${top}" width="${thick}" height="${Math.max(1, Math.abs(y(from) - y(from + part)))}" fill="${color(kind)}" data-tip="${`${month}\n${kinds[kind]!}: ${show(part)}`}"/>`
  })}${i % every === 0 ? svg`<text x="${left + thick / 2}" y="${height - 8}" text-anchor="middle" font-size="11" fill="${palette.faint}">${month}</text>` : svg``}`
})}`,
    legend: kinds.map((label, i) => ({ color: color(i), label })),
    table: {
      head: [words.month, ...kinds, words.sum],
      rows: months.map(({ month, parts }) => [
        month,
        ...parts.map(show),
        show(parts.reduce((sum, part) => sum + part, 0))
      ])
    }
  }
}
