import { scaleLinear } from "d3"
import { fitText } from "../web/chart/fitText.ts"
import { svg } from "../web/chart/svg.ts"
import type { Figure } from "./Figure.ts"
import type { Saying } from "./say.ts"
import { sayInPicture } from "./sayInPicture.ts"

export interface IntervalRow {
  readonly label: Saying
  readonly value: number
  readonly low: number
  readonly high: number
  readonly loud: boolean
}

const [left, right, step, top] = [260, 70, 26, 8]

/** Values in 0..1 with their intervals, one line each. */
export function intervalPlot(rows: ReadonlyArray<IntervalRow>, width: number): Figure {
  const most = rows.reduce((max, { high }) => Math.max(max, high), 0.02)
  const x = scaleLinear([0, most], [left, width - right]).nice(5)
  const bottom = top + rows.length * step
  const ticks = x
    .ticks(5)
    .map(
      (tick) =>
        svg`<line class="grid" x1="${x(tick)}" x2="${x(tick)}" y1="${top}" y2="${bottom}"/><text class="tick" x="${x(tick)}" y="${bottom + 16}" text-anchor="middle">${x.tickFormat(5, "%")(tick)}</text>`
    )
  const lines = rows.map(({ label, value, low, high, loud }, i) => {
    const y = top + (i + 0.5) * step
    const fitted = { zh: fitText(label.zh, left - 12, 13), en: fitText(label.en, left - 12, 13) }
    return svg`<text class="label" x="${left - 10}" y="${y}" dy="0.35em" text-anchor="end">${sayInPicture(fitted)}</text>
<line class="${loud ? "span loud" : "span"}" x1="${x(low)}" x2="${x(high)}" y1="${y}" y2="${y}"/><circle class="${loud ? "dot loud" : "dot"}" cx="${x(value)}" cy="${y}" r="4.5"/>
<text class="tick" x="${width - right + 10}" y="${y}" dy="0.35em">${(100 * value).toFixed(1)} %</text>`
  })
  return { width, height: bottom + 26, body: svg`${ticks}${lines}` }
}
