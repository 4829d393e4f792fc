import { linkHorizontal, max, scaleLinear, sum } from "d3"
import type { Matrix } from "../../api/Matrix.ts"
import { formatShare } from "../format/formatShare.ts"
import { formatValue } from "../format/formatValue.ts"
import type { Drawing, Look } from "./Drawing.ts"
import { fitText } from "./fitText.ts"
import { matrixTable } from "./matrixTable.ts"
import { pairName } from "./pairName.ts"
import { shortLabel } from "./shortLabel.ts"
import { svg } from "./svg.ts"
import { textWidth } from "./textWidth.ts"

const barWidth = 8
const gap = 8
const least = 12

interface Side {
  readonly name: string
  readonly total: number
  readonly y: number
  readonly height: number
}

/** Stacks names by weight over a height, with gaps; the lightest still has room for its name. */
function stack(names: ReadonlyArray<string>, totals: ReadonlyArray<number>, height: number): ReadonlyArray<Side> {
  const all = sum(totals) || 1
  const free = height - gap * (names.length - 1) - least * names.length
  let y = 0
  return names.map((name, i) => {
    const own = least + (totals[i]! / all) * free
    const side = { name, total: totals[i]!, y, height: own }
    y += own + gap
    return side
  })
}

/** Draws the pairs of two keys as a graph: nodes left and right, edges as wide as their noisy weight; edges that drown in the noise are left out. */
export function chainGraph(matrix: Matrix, look: Look): Drawing {
  const { width, palette, language, words } = look
  const { rows, columns, values, halfWidth, unit, confidence } = matrix
  const figure = (value: number): string => formatValue(value, unit, language, "short")
  const weight = (i: number, j: number): number => {
    const value = values[i]?.[j] ?? 0
    return value < halfWidth ? 0 : value
  }
  const height = Math.max(rows.length, columns.length) * 34 + 40
  const left = stack(
    rows,
    rows.map((_, i) => sum(columns, (_, j) => weight(i, j))),
    height
  )
  const right = stack(
    columns,
    columns.map((_, j) => sum(rows, (_, i) => weight(i, j))),
    height
  )
  const room = (names: ReadonlyArray<string>): number =>
    Math.min(width * 0.28, (max(names, (name) => textWidth(name, 12)) ?? 0) + 8)
  const from = room(rows) + barWidth
  const to = width - room(columns) - barWidth
  const link = linkHorizontal<unknown, readonly [number, number]>()
  const heaviest = max(rows.flatMap((_, i) => columns.map((_, j) => weight(i, j)))) || 1
  const opacity = scaleLinear([0, heaviest], [0.16, 0.62])
  const leftAt = left.map((side) => side.y)
  const rightAt = right.map((side) => side.y)

  const edges = rows.flatMap((row, i) =>
    columns.flatMap((column, j) => {
      const value = weight(i, j)
      if (value === 0) return []
      const startWidth = (value / (left[i]!.total || 1)) * left[i]!.height
      const endWidth = (value / (right[j]!.total || 1)) * right[j]!.height
      const source = [from, leftAt[i]! + startWidth / 2] as const
      const target = [to, rightAt[j]! + endWidth / 2] as const
      leftAt[i]! += startWidth
      rightAt[j]! += endWidth
      const path = link({ source, target }) ?? ""
      return [
        svg`<path d="${path}" fill="none" stroke="${palette.kinds[i % palette.kinds.length]!}" stroke-opacity="${opacity(value)}" stroke-width="${Math.max(1, (startWidth + endWidth) / 2)}" data-edge="${`${i} ${j}`}" data-tip="${`${row} → ${column}: ${formatValue(value, unit, language)} ± ${figure(halfWidth)}`}"/>`
      ]
    })
  )
  const node = (side: Side, i: number, onLeft: boolean) => {
    const x = onLeft ? from - barWidth : to
    const color = onLeft ? palette.kinds[i % palette.kinds.length]! : palette.soft
    return svg`<g data-tip="${`${side.name}: ${figure(side.total)}`}"><rect x="${x}" y="${side.y}" width="${barWidth}" height="${side.height}" fill="${color}"/>
<text x="${onLeft ? x - 6 : x + barWidth + 6}" y="${side.y + side.height / 2}" dy="0.35em" text-anchor="${onLeft ? "end" : "start"}" font-size="12" fill="${palette.ink}">${fitText(side.name, onLeft ? from - barWidth - 6 : width - to - barWidth - 6, 12)}</text></g>`
  }
  return {
    title: words.chart.pairs(pairName(matrix, language), shortLabel(matrix.measure, language), words.unit(unit)),
    width,
    height,
    body: svg`${edges}${left.map((side, i) => node(side, i, true))}${right.map((side, i) => node(side, i, false))}`,
    note: words.chart.edgeNoise(formatShare(confidence, language), figure(halfWidth)),
    table: matrixTable(matrix, language)
  }
}
