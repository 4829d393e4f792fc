import { interpolateRgb, lab, max } from "d3"
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

const cellHeight = 28

/** Draws the pairs of two keys as cells; a figure smaller than its own noise is shown as such. */
export function heatMap(matrix: Matrix, look: Look): Drawing {
  const { width, palette, language, words } = look
  const { rows, columns, values, halfWidth, unit, confidence } = matrix
  const figure = (value: number): string => formatValue(value, unit, language, "short")
  const left = Math.min(width * 0.3, (max(rows, (row) => textWidth(row, 12)) ?? 0) + 10)
  const cell = (width - left) / Math.max(1, columns.length)
  const largest = max(values.flat(), (value) => value ?? 0) || 1
  const ramp = interpolateRgb(...palette.ramp)
  // Names that do not fit beside one another stand upright.
  const upright = columns.some((column) => textWidth(column, 11) > cell - 4)
  const top = upright ? Math.min(110, (max(columns, (column) => textWidth(column, 11)) ?? 0) + 12) : 24

  const cells = values.flatMap((line, i) =>
    line.map((value, j) => {
      const shade = value === null ? 0 : Math.sqrt(Math.max(0, value) / largest)
      const drowned = value === null || value < halfWidth
      const text = value === null ? "–" : drowned ? "≈0" : figure(value)
      const tip = value === null ? words.chart.noCell : `${formatValue(value, unit, language)} ± ${figure(halfWidth)}`
      // Whichever of black and white is read better on the shade.
      const ink = lab(ramp(shade)).l > 49.4 ? "#000000" : "#ffffff"
      return svg`<g data-tip="${`${rows[i]!} × ${columns[j]!}: ${tip}`}"><rect x="${left + j * cell + 0.5}" y="${top + i * cellHeight + 0.5}" width="${Math.max(1, cell - 1)}" height="${cellHeight - 1}" fill="${ramp(shade)}"/>
<text x="${left + (j + 0.5) * cell}" y="${top + (i + 0.5) * cellHeight}" dy="0.35em" text-anchor="middle" font-size="11" fill="${ink}">${textWidth(text, 11) > cell - 2 ? "" : text}</text></g>`
    })
  )
  return {
    title: words.chart.pairs(pairName(matrix, language), shortLabel(matrix.measure, language), words.unit(unit)),
    width,
    height: top + rows.length * cellHeight,
    body: svg`${columns.map((column, j) =>
      upright
        ? svg`<text transform="translate(${left + (j + 0.5) * cell} ${top - 6}) rotate(-90)" dy="0.35em" font-size="11" fill="${palette.soft}">${fitText(column, top - 8, 11)}</text>`
        : svg`<text x="${left + (j + 0.5) * cell}" y="14" text-anchor="middle" font-size="11" fill="${palette.soft}">${column}</text>`
    )}${rows.map(
      (row, i) =>
        svg`<text x="0" y="${top + (i + 0.5) * cellHeight}" dy="0.35em" font-size="12" fill="${palette.ink}">${fitText(row, left - 8, 12)}</text>`
    )}${cells}`,
    legend: [
      { color: ramp(0.15), label: words.chart.little },
      { color: ramp(1), label: words.chart.most(figure(largest)) }
    ],
    note: words.chart.cellNoise(formatShare(confidence, language), figure(halfWidth)),
    table: matrixTable(matrix, language)
  }
}
