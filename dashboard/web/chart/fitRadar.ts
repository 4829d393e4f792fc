import type { Drawing, Look } from "./Drawing.ts"
import { fitText } from "./fitText.ts"
import { svg } from "./svg.ts"

/** A side of Fit: 0 is not met, 1 is met. */
export interface FitAxis {
  readonly name: string
  readonly value: number
}

/** Draws how far each thing that a scenario asks for is met: what reaches the rim is met in full. */
export function fitRadar(
  axes: ReadonlyArray<FitAxis>,
  words: { readonly title: string; readonly asked: string; readonly met: string },
  look: Look
): Drawing {
  const { width, palette } = look
  const height = Math.min(300, width * 0.8)
  const [cx, cy] = [width / 2, height / 2]
  const radius = Math.max(40, Math.min(cx - 96, cy - 30))
  const at = (i: number, share: number): readonly [x: number, y: number] => {
    const angle = (2 * Math.PI * i) / axes.length - Math.PI / 2
    return [cx + Math.cos(angle) * radius * share, cy + Math.sin(angle) * radius * share]
  }
  const ring = (share: number): string =>
    axes
      .map((_, i) =>
        at(i, share)
          .map((n) => n.toFixed(1))
          .join(",")
      )
      .join(" ")
  const shape = axes
    .map(({ value }, i) =>
      at(i, value)
        .map((n) => n.toFixed(1))
        .join(",")
    )
    .join(" ")
  const percent = (value: number): string => `${Math.round(value * 100)} %`
  return {
    title: words.title,
    width,
    height,
    body: svg`${[0.25, 0.5, 0.75, 1].map(
      (share) => svg`<polygon points="${ring(share)}" fill="none" stroke="${palette.rule}"/>`
    )}
${axes.map((_, i) => {
  const [x, y] = at(i, 1)
  return svg`<line x1="${cx}" y1="${cy}" x2="${x}" y2="${y}" stroke="${palette.rule}"/>`
})}
<polygon points="${shape}" fill="${palette.main}" fill-opacity="0.2" stroke="${palette.main}" stroke-width="2"/>
${axes.map(({ name, value }, i) => {
  const [x, y] = at(i, value)
  const [tx, ty] = at(i, 1.12)
  const anchor = Math.abs(tx - cx) < 8 ? "middle" : tx < cx ? "end" : "start"
  const room = anchor === "middle" ? 140 : anchor === "end" ? tx - 4 : width - tx - 4
  return svg`<circle cx="${x}" cy="${y}" r="3.5" fill="${value < 0.7 ? palette.mark : palette.main}" data-tip="${`${name}: ${percent(value)}`}"/><text x="${tx}" y="${ty}" dy="0.35em" text-anchor="${anchor}" font-size="11" fill="${palette.soft}">${fitText(name, Math.max(30, room), 11)}</text>`
})}`,
    table: {
      head: [words.asked, words.met],
      rows: axes.map(({ name, value }) => [name, percent(value)])
    }
  }
}
