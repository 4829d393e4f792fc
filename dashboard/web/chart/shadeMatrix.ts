import { interpolateRgb, lab, max } from "d3"
import type { Drawing, Look } from "./Drawing.ts"
import { fitText } from "./fitText.ts"
import { svg } from "./svg.ts"
import { textWidth } from "./textWidth.ts"

/** Two lists of names and a figure, or none, where they meet. */
export interface Shades {
  readonly title: string
  readonly note: string
  readonly rows: ReadonlyArray<string>
  readonly columns: ReadonlyArray<string>
  readonly values: ReadonlyArray<ReadonlyArray<number | null>>
  /** The figure that is shaded most. */
  readonly most: number
  readonly figure: (value: number) => string
  /** What a cell without a figure says. */
  readonly none: string
  readonly legend: readonly [least: string, most: string]
  /** Heads of the table: the rows' kind, then each column. */
  readonly rowsAre: string
}

const cellHeight = 26

/** Draws figures as shades, darkest for the most; a cell without one is hatched by a dash. */
export function shadeMatrix(shades: Shades, look: Look): Drawing {
  const { rows, columns, values, most, figure } = shades
  const { width, palette } = look
  const left = Math.min(width * 0.34, (max(rows, (row) => textWidth(row, 12)) ?? 0) + 10)
  const cell = (width - left) / Math.max(1, columns.length)
  const upright = columns.some((column) => textWidth(column, 11) > cell - 4)
  const top = upright ? Math.min(140, (max(columns, (column) => textWidth(column, 11)) ?? 0) + 12) : 24
  const ramp = interpolateRgb(...palette.ramp)
  const cells = values.flatMap((line, i) =>
    line.map((value, j) => {
      const shade = value === null ? 0 : Math.sqrt(Math.max(0, Math.min(1, value / Math.max(most, 1e-12))))
      const text = value === null ? "–" : figure(value)
      const tip = `${rows[i]!} × ${columns[j]!}: ${value === null ? shades.none : figure(value)}`
      const [x, y] = [left + j * cell, top + i * cellHeight]
      const ink = value === null ? palette.faint : lab(ramp(shade)).l > 49.4 ? "#000000" : "#ffffff"
      return svg`<g data-tip="${tip}"><rect x="${x + 0.5}" y="${y + 0.5}" width="${Math.max(1, cell - 1)}" height="${cellHeight - 1}" fill="${value === null ? palette.surface : ramp(shade)}" stroke="${palette.rule}" stroke-width="${value === null ? 1 : 0}"/>
<text x="${x + cell / 2}" y="${y + cellHeight / 2}" dy="0.35em" text-anchor="middle" font-size="11" fill="${ink}">${textWidth(text, 11) > cell - 2 ? "" : text}</text></g>`
    })
  )
  return {
    title: shades.title,
    width,
    height: top + rows.length * cellHeight + 1,
    body: svg`${columns.map((column, j) =>
      upright
        ? svg`<text transform="translate(${left + (j + 0.5) * cell} ${top - 6}) rotate(-90)" dy="0.35em" font-size="11" fill="${palette.soft}">${fitText(column, top - 8, 11)}</text>`
        : svg`<text x="${left + (j + 0.5) * cell}" y="14" text-anchor="middle" font-size="11" fill="${palette.soft}">${column}</text>`
    )}${rows.map(
      (row, i) =>
        svg`<text x="0" y="${top + (i + 0.5) * cellHeight}" dy="0.35em" font-size="12" fill="${palette.ink}">${fitText(row, left - 8, 12)}</text>`
    )}${cells}`,
    legend: [
      { color: ramp(0.15), label: shades.legend[0] },
      { color: ramp(1), label: shades.legend[1] }
    ],
    note: shades.note,
    table: {
      head: [shades.rowsAre, ...columns],
      rows: rows.map((row, i) => [row, ...values[i]!.map((value) => value ?? "–")])
    }
  }
}
