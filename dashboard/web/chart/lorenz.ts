import { area, line, scaleLinear } from "d3"
import type { Drawing, Look } from "./Drawing.ts"
import { svg } from "./svg.ts"

const height = 240
const margin = { top: 14, right: 18, bottom: 34, left: 44 }

/** Draws how revenue is spread over buyers, smallest first; the diagonal would be all alike. Says the Gini coefficient. */
export function lorenz(
  paid: ReadonlyArray<number>,
  words: {
    readonly title: string
    readonly buyers: string
    readonly revenue: string
    readonly alike: string
    readonly gini: (value: string) => string
  },
  look: Look
): Drawing {
  const { width, palette } = look
  const sorted = [...paid].sort((a, b) => a - b)
  const total = sorted.reduce((sum, one) => sum + one, 0)
  let sum = 0
  const points: ReadonlyArray<readonly [number, number]> = [
    [0, 0],
    ...sorted.map((one, i) => [(i + 1) / sorted.length, (sum += one) / (total || 1)] as const)
  ]
  const under = points
    .slice(1)
    .reduce((sofar, [px, py], i) => sofar + ((px - points[i]![0]) * (py + points[i]![1])) / 2, 0)
  const gini = 1 - 2 * under
  const x = scaleLinear([0, 1], [margin.left, width - margin.right])
  const y = scaleLinear([0, 1], [height - margin.bottom, margin.top])
  const curve = line<readonly [number, number]>(
    ([px]) => x(px),
    ([, py]) => y(py)
  )
  const filled = area<readonly [number, number]>(
    ([px]) => x(px),
    ([px]) => y(px),
    ([, py]) => y(py)
  )
  const percent = (share: number): string => `${Math.round(share * 100)} %`
  return {
    title: words.title,
    width,
    height,
    body: svg`${[0, 0.5, 1].map(
      (tick) =>
        svg`<text x="${margin.left - 6}" y="${y(tick)}" dy="0.35em" text-anchor="end" font-size="11" fill="${palette.faint}">${percent(tick)}</text><text x="${x(tick)}" y="${height - 18}" text-anchor="${tick === 1 ? "end" : tick === 0 ? "start" : "middle"}" font-size="11" fill="${palette.faint}">${percent(tick)}</text>`
    )}
<text x="${width / 2}" y="${height - 3}" text-anchor="middle" font-size="11" fill="${palette.faint}">${words.buyers}</text>
<path d="${filled(points) ?? ""}" fill="${palette.main}" fill-opacity="0.14"/>
<line x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}" stroke="${palette.faint}" stroke-dasharray="4 4"/>
<path d="${curve(points) ?? ""}" fill="none" stroke="${palette.main}" stroke-width="2"/>
${points
  .slice(1)
  .map(
    ([px, py]) =>
      svg`<circle cx="${x(px)}" cy="${y(py)}" r="3.5" fill="${palette.surface}" stroke="${palette.main}" stroke-width="1.5" data-tip="${`${percent(px)} ${words.buyers}: ${percent(py)} ${words.revenue}`}"/>`
  )}`,
    legend: [
      { color: palette.main, label: words.revenue },
      { color: palette.faint, label: words.alike, dashed: true }
    ],
    note: words.gini(gini.toFixed(2)),
    table: { head: [words.buyers, words.revenue], rows: points.slice(1).map(([px, py]) => [percent(px), percent(py)]) }
  }
}
