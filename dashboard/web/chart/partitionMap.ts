import type { AssetHealth } from "../../api/steward/AssetHealth.ts"
import { stewardChartWords } from "../face/steward/stewardChartWords.ts"
import { formatMonth } from "../format/formatMonth.ts"
import { formatNumber } from "../format/formatNumber.ts"
import type { Drawing, Look } from "./Drawing.ts"
import { fitText } from "./fitText.ts"
import { svg } from "./svg.ts"
import type { Svg } from "./svg.ts"

type Partitions = NonNullable<AssetHealth["partitions"]>
type State = Partitions["cells"][number]["state"]

const day = /^\d{4}-\d{2}-\d{2}$/
const size = 13

/** Draws the partitions of an asset as squares: days as a calendar of weeks, other keys in their order. */
export function partitionMap(asset: string, { cells }: Partitions, look: Look): Drawing {
  const { palette, language, width } = look
  const words = stewardChartWords(language)
  const colors: Readonly<Record<State, string>> = { made: palette.main, missing: palette.rule, touched: palette.down }
  const days = cells.length > 0 && cells.every(({ name }) => day.test(name))
  const square = (name: string, state: State, x: number, y: number): Svg =>
    svg`<rect x="${x}" y="${y}" width="${size - 2}" height="${size - 2}" rx="1" fill="${colors[state]}" stroke="${palette.faint}" stroke-width="${state === "missing" ? 0.75 : 0}" data-tip="${`${name}\n${words.partitionState[state]}`}"/>`
  const drawn = days ? calendar(cells, square, look) : named(cells, square, look)
  const present = [...new Set(cells.map(({ state }) => state))]
  return {
    title: words.partitions(asset, formatNumber(cells.length, language, 6)),
    width: Math.max(width, drawn.width),
    height: drawn.height,
    body: drawn.body,
    legend: present.map((state) => ({ color: colors[state], label: words.partitionState[state] })),
    table: {
      head: [words.partition, words.state],
      rows: cells.map(({ name, state }) => [name, words.partitionState[state]])
    }
  }
}

type Square = (name: string, state: State, x: number, y: number) => Svg

interface Drawn {
  readonly width: number
  readonly height: number
  readonly body: Svg
}

/** A column a week, Monday on top; as many weeks as fit stand beside each other. */
function calendar(cells: Partitions["cells"], square: Square, { width, palette, language }: Look): Drawn {
  const dayNumber = (name: string): number => Math.floor(Date.parse(name) / 86_400_000)
  // The first of January 1970 was a Thursday.
  const week = (name: string): number => Math.floor((dayNumber(name) + 3) / 7)
  const first = week(cells[0]!.name)
  const last = week(cells.at(-1)!.name)
  const across = Math.max(4, Math.floor(width / size))
  const band = size * 7 + 22
  const bands = Math.floor((last - first) / across) + 1
  const at = (name: string): readonly [number, number] => {
    const n = week(name) - first
    return [(n % across) * size, Math.floor(n / across) * band + 18 + ((dayNumber(name) + 3) % 7) * size]
  }
  const months = cells.filter(({ name }, i) => i === 0 || name.slice(8) === "01")
  return {
    width,
    height: bands * band,
    body: svg`${months.map(({ name }, i) => {
      const [x, y] = at(name)
      const top = y - ((dayNumber(name) + 3) % 7) * size - 5
      const next = months[i + 1]
      const room = next === undefined ? 999 : at(next.name)[0] - x
      return (room >= 0 && room < 58) || (i > 0 && x > width - 58)
        ? svg``
        : svg`<text x="${x}" y="${top}" font-size="11" fill="${palette.faint}">${formatMonth(name, language)}</text>`
    })}${cells.map(({ name, state }) => square(name, state, ...at(name)))}`
  }
}

/** One under another, with their names. */
function named(cells: Partitions["cells"], square: Square, { width, palette }: Look): Drawn {
  const across = Math.max(1, Math.floor(width / 180))
  const step = width / across
  return {
    width,
    height: Math.max(1, Math.ceil(cells.length / across)) * 20,
    body: svg`${cells.map(({ name, state }, i) => {
      const [x, y] = [(i % across) * step, Math.floor(i / across) * 20]
      return svg`${square(name, state, x, y + 3)}<text x="${x + size + 4}" y="${y + 13}" font-size="11" fill="${palette.ink}">${fitText(name, step - size - 12, 11)}</text>`
    })}`
  }
}
