import { line, range, scaleLinear } from "d3"
import type { Value } from "../../api/Value.ts"
import { formatDay } from "../format/formatDay.ts"
import { formatShare } from "../format/formatShare.ts"
import type { Drawing, Look } from "./Drawing.ts"
import { svg } from "./svg.ts"
import { timelinessAt } from "./timelinessAt.ts"

const day = 86_400_000
const ahead = 180
const height = 210
const margin = { top: 12, right: 52, bottom: 26, left: 38 }

/** Draws what is left of each product's worth if nothing is refreshed from now on; a ring where its next version is due. */
export function decayForecast(products: Value["products"], now: Date, look: Look): Drawing {
  const { width, palette, language, words } = look
  const x = scaleLinear([0, ahead], [margin.left, width - margin.right])
  const y = scaleLinear([0, 1], [height - margin.bottom, margin.top])
  const name = ({ title }: Value["products"][number]): string => (language === "en" ? title.en : title.zh)
  const color = (i: number): string => palette.kinds[i % palette.kinds.length]!
  const dayAt = (days: number): string => new Date(now.getTime() + days * day).toISOString()
  const worth = ({ freshness }: Value["products"][number], days: number): number =>
    timelinessAt(freshness, freshness.ageDays + days)
  const ticks = x.ticks(Math.max(2, Math.floor(width / 110)))
  const ends = spread(products.map((product) => y(worth(product, ahead))))

  const curves = products.map((product, i) => {
    const path = line<number>(
      (days) => x(days),
      (days) => y(worth(product, days))
    )(range(0, ahead + 1, 2))
    const { nextUpdate } = product.freshness
    const due = nextUpdate === null ? undefined : (Date.parse(nextUpdate) - now.getTime()) / day
    return svg`<path d="${path ?? ""}" fill="none" stroke="${color(i)}" stroke-width="2" data-tip="${name(product)}"/>
${
  due === undefined || due < 0 || due > ahead
    ? svg``
    : svg`<circle cx="${x(due)}" cy="${y(worth(product, due))}" r="4" fill="${palette.surface}" stroke="${color(i)}" stroke-width="2" data-tip="${`${name(product)}\n${words.chart.nextUpdate(formatDay(nextUpdate!, language))}`}"/>`
}
<rect x="${width - margin.right + 5}" y="${ends[i]! - 3}" width="6" height="6" fill="${color(i)}"/>
<text x="${width - margin.right + 15}" y="${ends[i]!}" dy="0.35em" font-size="11" fill="${palette.soft}">${formatShare(worth(product, ahead), language)}</text>`
  })
  return {
    title: words.chart.forecast(ahead),
    width,
    height,
    body: svg`${[0, 0.5, 1].map(
      (
        tick
      ) => svg`<line x1="${margin.left}" x2="${width - margin.right}" y1="${y(tick)}" y2="${y(tick)}" stroke="${palette.rule}"/>
<text x="${margin.left - 6}" y="${y(tick)}" dy="0.35em" text-anchor="end" font-size="11" fill="${palette.faint}">${formatShare(tick, language)}</text>`
    )}${ticks.map(
      (tick) =>
        svg`<text x="${x(tick)}" y="${height - 8}" text-anchor="${tick === 0 ? "start" : "middle"}" font-size="11" fill="${palette.faint}">${formatDay(dayAt(tick), language, "short")}</text>`
    )}${curves}`,
    legend: products.map((product, i) => ({ color: color(i), label: name(product) })),
    note: words.chart.forecastNote,
    table: {
      head: [words.chart.day, ...products.map(name)],
      rows: ticks.map((tick) => [
        dayAt(tick).slice(0, 10),
        ...products.map((product) => Math.round(worth(product, tick) * 1e4) / 1e4)
      ])
    }
  }
}

/** Moves labels that would stand on one another apart, downwards, in their order. */
function spread(heights: ReadonlyArray<number>): ReadonlyArray<number> {
  const order = heights.map((at, i) => ({ at, i })).sort((a, b) => a.at - b.at)
  const moved = [...heights]
  let free = -Infinity
  for (const { at, i } of order) {
    moved[i] = Math.max(at, free)
    free = moved[i]! + 13
  }
  return moved
}
