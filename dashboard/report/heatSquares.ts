import { scaleSequential } from "d3"
import { fitText } from "../web/chart/fitText.ts"
import { svg } from "../web/chart/svg.ts"
import type { Figure } from "./Figure.ts"

const left = 120

/** A square matrix of figures in 0..1 as shades of one colour; the darkest is the largest of them. */
export function heatSquares(
  names: ReadonlyArray<string>,
  matrix: ReadonlyArray<ReadonlyArray<number>>,
  width: number
): Figure {
  const cell = Math.min(44, (width - left) / names.length)
  const most = matrix.flat().reduce((max, value) => (value > max ? value : max), 0.01)
  const shade = scaleSequential([0, most], (t) => t)
  const top = 84
  const rows = matrix.flatMap((line, i) =>
    line.map((value, j) => {
      const [x, y] = [left + j * cell, top + i * cell]
      if (i === j || Number.isNaN(value))
        return svg`<rect class="blank" x="${x + 0.5}" y="${y + 0.5}" width="${cell - 1}" height="${cell - 1}"/>`
      const text = cell < 30 ? "" : value.toFixed(2).slice(1)
      const depth = Math.round(100 * shade(value))
      return svg`<g><title>${`${names[i]!} × ${names[j]!}: ${value.toFixed(4)}`}</title><rect x="${x + 0.5}" y="${y + 0.5}" width="${cell - 1}" height="${cell - 1}" style="${`fill: color-mix(in oklab, var(--accent) ${depth}%, var(--sunk))`}"/><text class="${depth > 55 ? "tick on" : "tick"}" x="${x + cell / 2}" y="${y + cell / 2}" dy="0.35em" text-anchor="middle">${text}</text></g>`
    })
  )
  const labels = names.map((name, i) => {
    const at = left + (i + 0.5) * cell
    return svg`<text class="label" x="${left - 8}" y="${top + (i + 0.5) * cell}" dy="0.35em" text-anchor="end">${fitText(name, left - 12, 12)}</text><text class="label" transform="${`translate(${at.toFixed(1)},${top - 6}) rotate(-45)`}">${fitText(name, 92, 12)}</text>`
  })
  return {
    width: Math.max(left + cell * names.length + 50, 260),
    height: top + cell * names.length + 6,
    body: svg`${rows}${labels}`
  }
}
