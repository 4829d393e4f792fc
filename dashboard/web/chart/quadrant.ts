import { max, scaleLinear, scaleSqrt } from "d3"
import type { Drawing, Look } from "./Drawing.ts"
import { fitText } from "./fitText.ts"
import { svg } from "./svg.ts"

/** A product between what it could be traded for and what it earns. */
export interface Standing {
  readonly name: string
  /** 0 to 100. */
  readonly index: number
  readonly revenue: number
  readonly shown: string
}

const height = 280
const margin = { top: 30, right: 18, bottom: 38, left: 18 }
const bar = 85

/** Draws products by tradability and revenue; the line is the bar for listing. */
export function quadrant(
  standings: ReadonlyArray<Standing>,
  words: {
    readonly title: string
    readonly product: string
    readonly index: string
    readonly revenue: string
    readonly bar: string
  },
  look: Look
): Drawing {
  const { width, palette } = look
  const x = scaleLinear([0, 100], [margin.left, width - margin.right])
  // Revenue is skewed: its root spreads the small ones out, and zero stays zero.
  const y = scaleSqrt([0, max(standings, ({ revenue }) => revenue) || 1], [height - margin.bottom, margin.top])
  const labels = spread(standings.map(({ revenue }) => Math.min(y(revenue), y(0) - 8)))
  return {
    title: words.title,
    width,
    height,
    body: svg`<rect x="${x(bar)}" y="${margin.top}" width="${x(100) - x(bar)}" height="${y(0) - margin.top}" fill="${palette.up}" fill-opacity="0.08"/>
<line x1="${margin.left}" x2="${width - margin.right}" y1="${y(0)}" y2="${y(0)}" stroke="${palette.rule}"/>
<line x1="${x(bar)}" x2="${x(bar)}" y1="${margin.top}" y2="${y(0)}" stroke="${palette.up}" stroke-dasharray="3 3"/>
<text x="${x(bar)}" y="${margin.top - 12}" text-anchor="${width < 480 ? "end" : "middle"}" font-size="11" fill="${palette.soft}">${words.bar}</text>
${[0, 25, 50, 75, 100].map((tick) => svg`<text x="${x(tick)}" y="${height - 22}" text-anchor="${tick === 0 ? "start" : tick === 100 ? "end" : "middle"}" font-size="11" fill="${palette.faint}">${tick}</text>`)}
<text x="${width / 2}" y="${height - 6}" text-anchor="middle" font-size="11" fill="${palette.faint}">${words.index}</text>
${standings.map(({ name, index, revenue, shown }, i) => {
  const [cx, cy] = [x(index), y(revenue)]
  const isRight = cx > width / 2
  return svg`<g data-tip="${`${name}\n${words.index} ${Math.round(index)}\n${words.revenue} ${shown}`}"><circle cx="${cx}" cy="${cy}" r="6" fill="${index < bar ? palette.mark : palette.main}" fill-opacity="0.8"/><text x="${isRight ? cx - 10 : cx + 10}" y="${labels[i]!}" dy="0.35em" text-anchor="${isRight ? "end" : "start"}" font-size="11" fill="${palette.ink}">${fitText(name, Math.max(60, width / 2 - 20), 11)}</text></g>`
})}`,
    table: {
      head: [words.product, words.index, words.revenue],
      rows: standings.map(({ name, index, shown }) => [name, Math.round(index), shown])
    }
  }
}

/** Moves labels that would stand on one another apart: upwards, since below is the axis, and down again from the upper edge. */
function spread(heights: ReadonlyArray<number>): ReadonlyArray<number> {
  const moved = [...heights]
  const order = heights.map((_, i) => i).sort((a, b) => heights[b]! - heights[a]!)
  let free = Infinity
  for (const i of order) {
    moved[i] = Math.min(heights[i]!, free)
    free = moved[i] - 14
  }
  free = margin.top + 6
  for (const i of order.toReversed()) {
    moved[i] = Math.max(moved[i]!, free)
    free = moved[i] + 14
  }
  return moved
}
