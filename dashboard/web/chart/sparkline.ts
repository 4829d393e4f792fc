import { line, range, scaleLinear } from "d3"
import type { Freshness } from "../../api/Freshness.ts"
import type { Palette } from "./Palette.ts"
import { svg } from "./svg.ts"
import type { Svg } from "./svg.ts"
import { timelinessAt } from "./timelinessAt.ts"

/** The decay of a version in the size of a word, with where it stands today. */
export function sparkline(freshness: Freshness, width: number, height: number, palette: Palette): Svg {
  const last = Math.max(freshness.halfLifeDays * 3 + freshness.graceDays, freshness.ageDays * 1.4, 1)
  const x = scaleLinear([0, last], [3, width - 3])
  const y = scaleLinear([0, 1], [height - 1, 3])
  const path = line<number>(
    (age) => x(age),
    (age) => y(timelinessAt(freshness, age))
  )(range(0, last, last / 40))
  return svg`<path d="${path ?? ""}" fill="none" stroke="${palette.main}" stroke-width="1.5"/><circle cx="${x(freshness.ageDays)}" cy="${y(timelinessAt(freshness, freshness.ageDays))}" r="3" fill="${palette.mark}"/>`
}
