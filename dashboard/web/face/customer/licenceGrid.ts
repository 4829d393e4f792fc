import type { Licences } from "../../../api/customer/Licences.ts"
import type { Drawing, Look } from "../../chart/Drawing.ts"
import { fitText } from "../../chart/fitText.ts"
import { svg } from "../../chart/svg.ts"
import { textWidth } from "../../chart/textWidth.ts"
import { customerWords } from "./customerWords.ts"

const cellHeight = 30

/** Draws what is allowed as a table of purposes by recipients; a sign beside the colour, for whoever does not see it. */
export function licenceGrid({ purposes, recipients, cells }: Licences, look: Look): Drawing {
  const { width, palette, language } = look
  const words = customerWords(language).licences
  const named = (label: { readonly zh: string; readonly en: string }): string =>
    language === "en" ? label.en : label.zh
  const rows = purposes.map(({ name }) => named(name))
  const columns = recipients.map(({ name }) => named(name))
  // On a telephone a purpose has a line of its own above its signs: cut short it would say nothing.
  const narrow = width < 480
  const head = narrow ? 18 : 0
  const left = narrow ? 0 : Math.min(width * 0.42, Math.max(0, ...rows.map((name) => textWidth(name, 12))) + 14)
  const cell = Math.min(190, (width - left) / Math.max(1, columns.length))
  const upright = columns.some((name) => textWidth(name, 11) > cell - 6)
  const top = upright ? Math.min(130, Math.max(0, ...columns.map((name) => textWidth(name, 11))) + 14) : 26
  const row = cellHeight + head
  const found = (i: number, j: number) => cells[i * recipients.length + j]
  const signs = { permitted: "✓", forbidden: "×", silent: "–" } as const
  const fills = { permitted: palette.main, forbidden: palette.down, silent: "none" } as const
  return {
    title: words.chart,
    width,
    height: top + rows.length * row + 2,
    body: svg`${columns.map((name, j) => {
      const x = left + (j + 0.5) * cell
      return upright
        ? svg`<text transform="translate(${x} ${top - 6}) rotate(-90)" dy="0.35em" font-size="11" fill="${palette.soft}">${fitText(name, top - 8, 11)}</text>`
        : svg`<text x="${x}" y="15" text-anchor="middle" font-size="11" fill="${palette.soft}">${name}</text>`
    })}${rows.map((name, i) => {
      const y = top + i * row + head
      return svg`<text x="0" y="${narrow ? y - 8 : y + cellHeight / 2}" dy="0.35em" font-size="12" fill="${palette.ink}">${fitText(name, narrow ? width : left - 10, 12)}</text>
${columns.map((recipient, j) => {
  const answer = found(i, j)?.answer ?? "silent"
  const ink = answer === "silent" ? palette.faint : palette.surface
  return svg`<g data-tip="${`${name} × ${recipient}: ${words[answer]}`}"><rect x="${left + j * cell + 1.5}" y="${y + 1.5}" width="${Math.max(1, cell - 3)}" height="${cellHeight - 3}" rx="2" fill="${fills[answer]}" stroke="${answer === "silent" ? palette.rule : fills[answer]}"/>
<text x="${left + (j + 0.5) * cell}" y="${y + cellHeight / 2}" dy="0.35em" text-anchor="middle" font-size="13" fill="${ink}">${signs[answer]}</text></g>`
})}`
    })}`,
    legend: [
      { color: palette.main, label: `✓ ${words.permitted}` },
      ...(cells.some(({ answer }) => answer === "forbidden")
        ? [{ color: palette.down, label: `× ${words.forbidden}` }]
        : []),
      { color: palette.rule, label: `– ${words.silent}` }
    ],
    table: {
      head: [words.purpose, ...columns],
      rows: rows.map((name, i) => [name, ...columns.map((_, j) => words[found(i, j)?.answer ?? "silent"])])
    }
  }
}
