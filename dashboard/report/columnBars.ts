import { scaleBand, scaleLinear } from "d3"
import type { ColumnQuality } from "#privacy/disclosure/quality/QualityReport.ts"
import { svg } from "../web/chart/svg.ts"
import type { Figure } from "./Figure.ts"

/** The shares of a column's codes, real beside synthetic; code 0 is missing. */
export function columnBars({ real, synthetic }: ColumnQuality): Figure {
  const [width, height] = [300, 120]
  const x = scaleBand([...real.keys()].map(String), [30, width - 4]).paddingInner(0.25)
  const y = scaleLinear([0, Math.max(...real, ...synthetic, 0.01)], [height - 18, 8]).nice(3)
  const bar = (at: number, share: number, name: string): ReturnType<typeof svg> =>
    svg`<rect class="${name}" x="${at}" y="${y(share)}" width="${x.bandwidth() / 2}" height="${Math.max(0, height - 18 - y(share))}"/>`
  const bars = real.map((share, i) => {
    const at = x(String(i))!
    return svg`${bar(at, share, "real")}${bar(at + x.bandwidth() / 2, synthetic[i]!, "made")}`
  })
  const every = Math.ceil(real.length / 12)
  const ticks = real.flatMap((_, i) =>
    i % every === 0
      ? [
          svg`<text class="tick" x="${x(String(i))! + x.bandwidth() / 2}" y="${height - 4}" text-anchor="middle">${i}</text>`
        ]
      : []
  )
  return {
    width,
    height,
    body: svg`${y.ticks(3).map((tick) => svg`<line class="grid" x1="30" x2="${width - 4}" y1="${y(tick)}" y2="${y(tick)}"/><text class="tick" x="26" y="${y(tick)}" dy="0.35em" text-anchor="end">${y.tickFormat(3, "%")(tick)}</text>`)}${bars}${ticks}`
  }
}
