import type { Drawing } from "./Drawing.ts"
import type { Palette } from "./Palette.ts"
import { svg } from "./svg.ts"

const pad = 16
const head = 32

/** A drawing as a picture that stands alone: with its title, on a ground of its own. `style` holds fonts for where there are none. */
export function exportSvg(drawing: Drawing, palette: Palette, style = ""): string {
  const { title, width, height, body, legend = [], note = "" } = drawing
  const foot = (legend.length > 0 ? 24 : 0) + (note === "" ? 0 : 20)
  const all = { width: width + 2 * pad, height: height + head + foot + 2 * pad }
  const below = head + height + pad
  const step = width / Math.max(1, legend.length)
  const fonts = { markup: style === "" ? "" : `<style>${style}</style>` }
  return svg`<svg xmlns="http://www.w3.org/2000/svg" width="${all.width}" height="${all.height}" viewBox="0 0 ${all.width} ${all.height}" font-family="'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', sans-serif" role="img" aria-label="${title}">${fonts}
<rect width="100%" height="100%" fill="${palette.surface}"/>
<text x="${pad}" y="${pad + 12}" font-size="14" font-weight="600" fill="${palette.ink}">${title}</text>
<g transform="translate(${pad} ${head + pad / 2})">${body}</g>
${legend.map(
  ({ color, label }, i) =>
    svg`<rect x="${pad + i * step}" y="${below + 2}" width="10" height="10" fill="${color}"/><text x="${pad + i * step + 15}" y="${below + 11}" font-size="11" fill="${palette.soft}">${label}</text>`
)}
${note === "" ? svg`` : svg`<text x="${pad}" y="${all.height - pad / 2}" font-size="11" fill="${palette.faint}">${note}</text>`}
</svg>`.markup
}
