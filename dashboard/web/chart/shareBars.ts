import { max, scaleBand, scaleLinear } from "d3"
import type { Drawing, Look } from "./Drawing.ts"
import { svg } from "./svg.ts"
import { textWidth } from "./textWidth.ts"

/** What data earned of a month's whole revenue. */
export interface MonthPart {
  readonly month: string
  /** 0 to 1; null where the whole is not above zero. */
  readonly share: number | null
  readonly data: string
  readonly total: string
}

const height = 220
const margin = { top: 20, right: 10, bottom: 26 }

/** Draws the share of the company's whole revenue that data earned, month by month. */
export function shareBars(
  months: ReadonlyArray<MonthPart>,
  words: {
    readonly title: string
    readonly month: string
    readonly data: string
    readonly total: string
    readonly share: string
  },
  look: Look
): Drawing {
  const { width, palette } = look
  const y = scaleLinear(
    [0, max(months, ({ share }) => share ?? 0) || 0.01],
    [height - margin.bottom, margin.top]
  ).nice()
  const percent = (share: number): string => `${Number((share * 100).toPrecision(2))} %`
  const room = Math.max(44, ...y.ticks(4).map((tick) => textWidth(percent(tick), 11) + 10))
  const x = scaleBand(
    months.map(({ month }) => month),
    [room, width - margin.right]
  ).padding(0.3)
  // A month alone is a bar, not a wall.
  const thick = Math.min(64, x.bandwidth())
  const every = Math.max(1, Math.ceil(months.length / Math.max(2, Math.floor(width / 70))))
  return {
    title: words.title,
    width,
    height,
    body: svg`${y
      .ticks(4)
      .map(
        (tick) =>
          svg`<line x1="${room}" x2="${width - margin.right}" y1="${y(tick)}" y2="${y(tick)}" stroke="${palette.rule}"/><text x="${room - 6}" y="${y(tick)}" dy="0.35em" text-anchor="end" font-size="11" fill="${palette.faint}">${percent(tick)}</text>`
      )}
${months.map(({ month, share, data, total }, i) => {
  const left = x(month)! + (x.bandwidth() - thick) / 2
  return svg`<rect x="${left}" y="${y(share ?? 0)}" width="${thick}" height="${y(0) - y(share ?? 0)}" fill="${palette.main}" data-tip="${`${month}\n${words.data} ${data}\n${words.total} ${total}`}"/>${i % every === 0 ? svg`<text x="${left + thick / 2}" y="${height - 8}" text-anchor="middle" font-size="11" fill="${palette.faint}">${month}</text>` : svg``}`
})}`,
    table: {
      head: [words.month, words.data, words.total, words.share],
      rows: months.map(({ month, share, data, total }) => [month, data, total, share === null ? "–" : percent(share)])
    }
  }
}
