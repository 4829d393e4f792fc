import type { Drawing } from "./Drawing.ts"
import type { Palette } from "./Palette.ts"
import { fitText } from "./fitText.ts"
import { svg } from "./svg.ts"
import type { Svg } from "./svg.ts"
import { textWidth } from "./textWidth.ts"
import { wrapText } from "./wrapText.ts"

const pad = 16

/** A drawing as a picture that stands alone: with its title, on a ground of its own. */
export function exportSvg(drawing: Drawing, palette: Palette): string {
  const { title, width, height, body, legend = [], note = "" } = drawing
  const notes = wrapText(note, width, 11)
  const titles = wrapText(title, width, 14)
  const head = 14 + 18 * titles.length
  // Beside one another where all fit, else under one another.
  const besides = legend.every(({ label }) => textWidth(label, 11) <= width / legend.length - 22)
  const [step, drop] = besides ? [width / Math.max(1, legend.length), 0] : [0, 18]
  const foot = (legend.length > 0 ? 24 + drop * (legend.length - 1) : 0) + 16 * notes.length
  const all = { width: width + 2 * pad, height: height + head + foot + 2 * pad }
  const below = head + height + pad
  return svg`<svg xmlns="http://www.w3.org/2000/svg" width="${all.width}" height="${all.height}" viewBox="0 0 ${all.width} ${all.height}" font-family="'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', sans-serif" role="img" aria-label="${title}">
<rect width="100%" height="100%" fill="${palette.surface}"/>
${titles.map((line, i) => svg`<text x="${pad}" y="${pad + 12 + 18 * i}" font-size="14" font-weight="600" fill="${palette.ink}">${line}</text>`)}
<g transform="translate(${pad} ${head + pad / 2})">${unlinked(body)}</g>
${legend.map(
  ({ color, label, dashed }, i) =>
    svg`<line x1="${pad + i * step}" x2="${pad + i * step + 12}" y1="${below + 7 + i * drop}" y2="${below + 7 + i * drop}" stroke="${color}" stroke-width="${dashed ? 2 : 10}" stroke-dasharray="${dashed ? "4 2" : "none"}"/><text x="${pad + i * step + 18}" y="${below + 11 + i * drop}" font-size="11" fill="${palette.soft}">${fitText(label, width - 22, 11)}</text>`
)}
${notes.map((line, i) => svg`<text x="${pad}" y="${all.height - pad / 2 - 16 * (notes.length - 1 - i)}" font-size="11" fill="${palette.faint}">${line}</text>`)}
</svg>`.markup
}

/** A file leads nowhere: the addresses of this house are no addresses on somebody's disk. */
const unlinked = ({ markup }: Svg): Svg => ({
  markup: markup.replaceAll(/<a href="[^"]*"/g, "<g").replaceAll("</a>", "</g>")
})
