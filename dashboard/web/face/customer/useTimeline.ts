import { scaleTime, timeDay, timeFormat, timeHour } from "d3"
import type { Drawing, Look } from "../../chart/Drawing.ts"
import { fitText } from "../../chart/fitText.ts"
import { svg } from "../../chart/svg.ts"
import type { Svg } from "../../chart/svg.ts"
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
/** So many uses of one moment still stand on and beside one another; more become a disc with their number. */
const mostDots = 15
const bin = 26
/** The reader's own day. */
const isoDay = timeFormat("%Y-%m-%d")

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
  const x = scaleTime([(first - pad) * 1000, (last + pad) * 1000], [left + 6, width - margin.right - 6])
  const bottom = margin.top + Math.max(1, lanes.length) * lane
  const laneOf = (purpose: string): number => margin.top + (lanes.indexOf(purpose) + 1) * lane
  const place = { x: (at: number) => x(at * 1000), laneOf, colour, most: width - 6 }
  const columns = Map.groupBy(sorted, ({ at, purpose }) => `${purpose} ${Math.round(x(at * 1000) / dot)}`)
  const crowded = [...columns.values()].some(({ length }) => length > mostDots)
  const marks = crowded ? discs(sorted, place, look) : dots(sorted, place, look)
  // Days of the reader's own calendar; where there are too many, evenly chosen ones.
  const room = Math.max(2, Math.floor((width - left) / 110))
  const each = timeDay.range(timeDay.floor(x.domain()[0]!), x.domain()[1]!)
  const own = each.length <= room + 2 ? each : x.ticks(room)
  const edge = (tick: Date): boolean => x(tick) >= left + 30 && x(tick) <= width - 34
  const days = own.map((tick) => (each.length <= room + 2 ? timeHour.offset(tick, 12) : tick)).filter(edge)
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
        svg`<text x="${x(tick)}" y="${bottom + 16}" text-anchor="middle" font-size="11" fill="${palette.faint}">${formatDay(isoDay(tick), language, "short")}</text>`
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

interface Place {
  readonly x: (at: number) => number
  /** The foot of a purpose's lane. */
  readonly laneOf: (purpose: string) => number
  readonly colour: (recipient: string) => string
  /** As far to the right as a mark may be. */
  readonly most: number
}

function dots(sorted: ReadonlyArray<ShownUse>, place: Place, { palette, language }: Look): ReadonlyArray<Svg> {
  const stacks = new Map<string, number>()
  return sorted.map((use) => {
    const column = Math.round(place.x(use.at) / dot)
    const key = `${use.purpose} ${column}`
    const height = stacks.get(key) ?? 0
    stacks.set(key, height + 1)
    const most = Math.floor((lane - 26) / dot)
    // What does not fit on the stack begins a new one beside it.
    const cx = Math.min(place.most, (column + Math.floor(height / most)) * dot)
    const cy = place.laneOf(use.purpose) - 10 - (height % most) * dot
    const tip = `${formatInstant(new Date(use.at * 1000).toISOString(), language)} · ${use.recipient} · ${use.asset}`
    return svg`<circle data-tip="${tip}" cx="${cx}" cy="${cy}" r="3.6" fill="${place.colour(use.recipient)}" stroke="${palette.surface}" stroke-width="1"/>`
  })
}

/** Uses of one purpose that lie close together, as discs with their number: one for the first recipient, one above it for all others. */
function discs(sorted: ReadonlyArray<ShownUse>, place: Place, { palette, language }: Look): ReadonlyArray<Svg> {
  const [first] = sorted
  const bins = Math.max(1, Math.floor(place.most / bin))
  const binOf = (at: number): number => Math.max(0, Math.min(bins - 1, Math.floor(place.x(at) / bin)))
  const rowOf = (recipient: string): number => (recipient === first?.recipient ? 0 : 1)
  const near = Map.groupBy(sorted, ({ at, purpose, recipient }) =>
    JSON.stringify([purpose, rowOf(recipient), binOf(at)])
  )
  return [...near.values()].map((some) => {
    const { at, purpose, recipient } = some[0]!
    const who = [...new Set(some.map((use) => use.recipient))]
    const cx = (binOf(at) + 0.5) * bin
    const cy = place.laneOf(purpose) - 13 - rowOf(recipient) * 21
    const count = some.length
    const day = formatDay(isoDay(new Date(at * 1000)), language)
    return svg`<g data-tip="${`${day} · ${who.join(", ")} · ${count}`}"><circle cx="${cx}" cy="${cy}" r="${count === 1 ? 3.6 : 10}" fill="${who.length === 1 ? place.colour(recipient) : palette.soft}"/>${
      count === 1
        ? svg``
        : svg`<text x="${cx}" y="${cy}" dy="0.35em" text-anchor="middle" font-size="${count > 999 ? 7 : 9}" fill="${palette.surface}">${count > 9999 ? "9999+" : count}</text>`
    }</g>`
  })
}
