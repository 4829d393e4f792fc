import { scaleBand, scaleLinear } from "d3"
import { formatNumber } from "../format/formatNumber.ts"
import type { Drawing, Look } from "./Drawing.ts"
import { fitText } from "./fitText.ts"
import { svg } from "./svg.ts"
import { textWidth } from "./textWidth.ts"

/** A group of things of which some are covered. */
export interface Covered {
  readonly name: string
  readonly all: number
  readonly covered: number
  readonly failing: number
}

/** Draws how many things of each group are covered: the whole bar is the group, its full part what is covered. */
export function coverageBars(
  groups: ReadonlyArray<Covered>,
  words: {
    readonly title: string
    readonly group: string
    readonly all: string
    readonly covered: string
    readonly open: string
    readonly failing: string
  },
  look: Look
): Drawing {
  const { width, palette, language } = look
  const count = (n: number): string => formatNumber(n, language, 3, "short")
  const figure = ({ all, covered, failing }: Covered): string =>
    `${count(covered)}/${count(all)}${failing === 0 ? "" : ` · ${count(failing)} ×`}`
  const left = Math.min(150, width * 0.34)
  const right = Math.max(70, ...groups.map((group) => textWidth(figure(group), 11) + 10))
  const height = 16 + groups.length * 30
  const x = scaleLinear([0, Math.max(1, ...groups.map(({ all }) => all))], [left, width - right])
  const y = scaleBand(
    groups.map(({ name }) => name),
    [8, height - 8]
  ).padding(0.3)
  return {
    title: words.title,
    width,
    height,
    body: svg`${groups.map((group) => {
      const { name, all, covered, failing } = group
      const [top, thick] = [y(name)!, y.bandwidth()]
      const tip = `${name}\n${words.covered}: ${covered} / ${all}\n${words.failing}: ${failing}`
      return svg`<g data-tip="${tip}"><text x="${left - 8}" y="${top + thick / 2}" dy="0.35em" text-anchor="end" font-size="12" fill="${palette.ink}">${fitText(name, left - 12, 12)}</text>
<rect x="${left}" y="${top}" width="${x(all) - left}" height="${thick}" fill="${palette.rule}"/>
<rect x="${left}" y="${top}" width="${x(covered) - left}" height="${thick}" fill="${palette.main}"/>
<text x="${x(all) + 6}" y="${top + thick / 2}" dy="0.35em" font-size="11" fill="${failing === 0 ? palette.soft : palette.mark}">${figure(group)}</text></g>`
    })}`,
    legend: [
      { color: palette.main, label: words.covered },
      { color: palette.rule, label: words.open }
    ],
    table: {
      head: [words.group, words.all, words.covered, words.failing],
      rows: groups.map(({ name, all, covered, failing }) => [name, all, covered, failing])
    }
  }
}
