import { scaleUtc } from "d3"
import type { Drawing, Look } from "../../chart/Drawing.ts"
import { fitText } from "../../chart/fitText.ts"
import { svg } from "../../chart/svg.ts"
import { textWidth } from "../../chart/textWidth.ts"
import { formatDay } from "../../format/formatDay.ts"
import { formatInstant } from "../../format/formatInstant.ts"
import { customerWords } from "./customerWords.ts"

/** One use as the timeline shows it. */
export interface ShownUse {
  /** Second since 1970. */
  readonly at: number
  readonly operation: string
  readonly purpose: string
  readonly recipient: string
  readonly asset: string
  /** Place in the log. */
  readonly index: number
}

const lane = 58
const dot = 9
const margin = { top: 8, right: 14, bottom: 26 }

/** Draws uses over time, a lane for each purpose, a colour for each recipient. Uses of one moment stand on one another. */
export function useTimeline(uses: ReadonlyArray<ShownUse>, look: Look): Drawing {
  const { width, palette, language } = look
  const words = customerWords(language).uses
  const sorted = uses.toSorted((a, b) => a.at - b.at || a.index - b.index)
  const lanes = [...new Set(sorted.map(({ purpose }) => purpose))]
  const recipients = [...new Set(sorted.map(({ recipient }) => recipient))]
  const colour = (recipient: string): string => palette.kinds[recipients.indexOf(recipient) % palette.kinds.length]!
  const narrow = width < 520
  const left = narrow ? 8 : Math.min(width * 0.3, Math.max(0, ...lanes.map((name) => textWidth(name, 12))) + 14)
  const [first, last] = [sorted[0]?.at ?? 0, sorted.at(-1)?.at ?? 0]
  // A day before and after, so that what happened in one moment stands in the middle and not on the edge.
  const pad = Math.max(86_400, (last - first) * 0.04)
  const x = scaleUtc([(first - pad) * 1000, (last + pad) * 1000], [left + 6, width - margin.right - 6])
  const bottom = margin.top + Math.max(1, lanes.length) * lane
  const stacks = new Map<string, number>()
  const marks = sorted.map((use) => {
    const column = Math.round(x(use.at * 1000) / dot)
    const key = `${use.purpose} ${column}`
    const height = stacks.get(key) ?? 0
    stacks.set(key, height + 1)
    const most = Math.floor((lane - 26) / dot)
    // What does not fit on the stack begins a new one beside it.
    const cx = Math.min(width - 6, (column + Math.floor(height / most)) * dot)
    const cy = margin.top + (lanes.indexOf(use.purpose) + 1) * lane - 10 - (height % most) * dot
    const tip = `${formatInstant(new Date(use.at * 1000).toISOString(), language)} · ${use.recipient} · ${use.asset}`
    return svg`<circle data-tip="${tip}" cx="${cx}" cy="${cy}" r="3.6" fill="${colour(use.recipient)}" stroke="${palette.surface}" stroke-width="1"/>`
  })
  const ticks = x.ticks(Math.max(2, Math.floor((width - left) / 110)))
  const days = ticks.filter((tick, i) => i === 0 || +tick - +ticks[i - 1]! >= 86_400_000)
  return {
    title: words.chart,
    width,
    height: bottom + margin.bottom,
    body: svg`${lanes.map((name, i) => {
      const y = margin.top + (i + 1) * lane
      return svg`<line x1="0" x2="${width}" y1="${y - 2}" y2="${y - 2}" stroke="${palette.rule}"/>
<text x="${narrow ? 2 : 0}" y="${narrow ? y - lane + 14 : y - lane / 2 + 6}" dy="0.35em" font-size="12" fill="${palette.ink}">${fitText(name, narrow ? width - 8 : left - 10, 12)}</text>`
    })}${days.map(
      (tick) =>
        svg`<text x="${x(tick)}" y="${bottom + 16}" text-anchor="middle" font-size="11" fill="${palette.faint}">${formatDay(tick.toISOString(), language, "short")}</text>`
    )}${marks}`,
    legend: recipients.map((label) => ({ color: colour(label), label })),
    note: words.chartNote,
    table: {
      head: [words.when, words.who, words.what, words.made, words.entry],
      rows: sorted.map(({ at, recipient, purpose, asset, index }) => [
        new Date(at * 1000).toISOString().slice(0, 19),
        recipient,
        purpose,
        asset,
        index
      ])
    }
  }
}
