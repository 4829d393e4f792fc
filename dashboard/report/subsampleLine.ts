import { line, scaleLinear } from "d3"
import { svg } from "../web/chart/svg.ts"
import type { Figure } from "./Figure.ts"
import { riskWords } from "./riskWords.ts"
import { sayInPicture } from "./sayInPicture.ts"

/** The score of random subsamples by their share, and the score of the synthetic file as a level. */
export function subsampleLine(
  subsamples: ReadonlyArray<{ readonly share: number; readonly score: number }>,
  score: number,
  width: number
): Figure {
  const height = 230
  const low = Math.min(score, ...subsamples.map((one) => one.score))
  const x = scaleLinear([0, 1], [52, width - 16])
  const y = scaleLinear([Math.max(0, low - 30), 1000], [height - 34, 14]).nice(5)
  const path = line<(typeof subsamples)[number]>()
    .x((one) => x(one.share))
    .y((one) => y(one.score))(subsamples)!
  const [from, to] = [x(0), x(1)]
  return {
    width,
    height,
    body: svg`${y.ticks(5).map((tick) => svg`<line class="grid" x1="${from}" x2="${to}" y1="${y(tick)}" y2="${y(tick)}"/><text class="tick" x="${from - 8}" y="${y(tick)}" dy="0.35em" text-anchor="end">${tick}</text>`)}
${x.ticks(5).map((tick) => svg`<text class="tick" x="${x(tick)}" y="${height - 14}" text-anchor="middle">${`${Math.round(tick * 100)} %`}</text>`)}
<path class="curve" d="${path}"/>${subsamples.map((one) => svg`<circle class="dot" cx="${x(one.share)}" cy="${y(one.score)}" r="3"/>`)}
<line class="level" x1="${from}" x2="${to}" y1="${y(score)}" y2="${y(score)}"/><text class="label" x="${to}" y="${y(score) - 6}" text-anchor="end">${sayInPicture(riskWords.synthetic)} ${score.toFixed(0)}</text>`
  }
}
