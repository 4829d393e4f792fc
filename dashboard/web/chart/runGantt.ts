import { max, scaleLinear } from "d3"
import type { RunDetail } from "../../api/steward/RunDetail.ts"
import { stewardChartWords } from "../face/steward/stewardChartWords.ts"
import { formatNumber } from "../format/formatNumber.ts"
import type { Drawing, Look } from "./Drawing.ts"
import { fitText } from "./fitText.ts"
import { svg } from "./svg.ts"
import type { Svg } from "./svg.ts"
import { textWidth } from "./textWidth.ts"

const rowHeight = 19
const top = 24
const rowsRoom = 74

/** Draws when a run worked on which asset, in the order in which they were begun. */
export function runGantt({ run, spans }: Pick<RunDetail, "run" | "spans">, look: Look): Drawing {
  const { width, palette, language } = look
  const words = stewardChartWords(language)
  const start = Date.parse(run.startedAt)
  const seconds = (at: string): number => Math.max(0, (Date.parse(at) - start) / 1000)
  const end = Math.max(0.001, max(spans, ({ to }) => (to === null ? 0 : seconds(to))) ?? 0)
  const left = Math.min(width * 0.42, (max(spans, ({ asset }) => textWidth(asset, 11)) ?? 0) + 10)
  const x = scaleLinear([0, end], [left, Math.max(left + 20, width - rowsRoom)])
  const height = top + spans.length * rowHeight + 4
  const color: Readonly<Record<RunDetail["spans"][number]["state"], string>> = {
    made: palette.main,
    unchanged: palette.faint,
    failed: palette.mark,
    blocked: palette.down,
    running: palette.up,
    waiting: palette.faint
  }
  const chosen = x.ticks(Math.max(2, Math.floor((width - left) / 90)))
  const tickText = x.tickFormat(chosen.length)
  let free = -Infinity
  const ticks = chosen.filter((tick) => {
    const half = textWidth(tickText(tick), 11) / 2
    if (x(tick) - half < free) return false
    free = x(tick) + (tick === 0 ? 2 * half : half) + 6
    return true
  })
  const rows = spans.map(({ asset, state, from, to, rows: n, retries }, i): Svg => {
    const y = top + i * rowHeight
    const took =
      from === null || to === null ? "" : words.seconds(formatNumber(seconds(to) - seconds(from), language, 3))
    const tip = [
      asset,
      words.spanState[state],
      took,
      n === null ? "" : `${words.rows} ${formatNumber(n, language, 12)}`
    ]
    const told = n === null ? (state === "made" ? "" : words.spanState[state]) : formatNumber(n, language, 3, "short")
    const [from_, to_] = [from === null ? x(0) : x(seconds(from)), to === null ? x(0) : x(seconds(to))]
    return svg`<a href="/steward/assets/${encodeURIComponent(asset)}" data-tip="${[...tip, retries > 0 ? `${words.retries} ${retries}` : ""].filter(Boolean).join("\n")}"><rect x="0" y="${y}" width="${width}" height="${rowHeight}" fill="${palette.surface}" fill-opacity="0"/>
<text x="0" y="${y + rowHeight / 2}" dy="0.35em" font-size="11" fill="${palette.ink}">${fitText(asset, left - 8, 11)}</text>
${from === null ? svg`` : svg`<rect x="${from_}" y="${y + 4}" width="${Math.max(2, to_ - from_)}" height="${rowHeight - 8}" rx="1" fill="${color[state]}"/>`}
<text x="${Math.max(left, to_) + 5}" y="${y + rowHeight / 2}" dy="0.35em" font-size="11" fill="${palette.faint}">${told}</text></a>`
  })
  const present = [...new Set(spans.map(({ state }) => state))]
  return {
    title: words.gantt,
    width,
    height,
    body: svg`${ticks.map(
      (tick) => svg`<line x1="${x(tick)}" x2="${x(tick)}" y1="${top - 4}" y2="${height}" stroke="${palette.rule}"/>
<text x="${x(tick)}" y="12" text-anchor="${tick === 0 ? "start" : "middle"}" font-size="11" fill="${palette.faint}">${tickText(tick)}</text>`
    )}${rows}`,
    legend: present.map((state) => ({ color: color[state], label: words.spanState[state] })),
    note: words.ganttNote,
    table: {
      head: [words.asset, words.state, words.from, words.to, words.rows, words.retries],
      rows: spans.map(({ asset, state, from, to, rows: n, retries }) => [
        asset,
        words.spanState[state],
        from === null ? "–" : Number(seconds(from).toFixed(3)),
        to === null ? "–" : Number(seconds(to).toFixed(3)),
        n ?? "–",
        retries
      ])
    }
  }
}
