import { line, max, scaleLinear, scaleLog } from "d3"
import type { Design } from "../../api/steward/Design.ts"
import { stewardChartWords } from "../face/steward/stewardChartWords.ts"
import { formatNumber } from "../format/formatNumber.ts"
import { formatShare } from "../format/formatShare.ts"
import type { Drawing, Look } from "./Drawing.ts"
import { svg } from "./svg.ts"

const height = 240
const margin = { top: 20, right: 14, bottom: 28, left: 44 }

type Point = Design["curve"]["points"][number]

/** Draws what each privacy loss would buy. Every place that was reckoned carries its epsilon, so that it can be chosen. */
export function errorCurve(
  { measures, points, worst }: Design["curve"],
  chosen: { readonly rho: number; readonly epsilon: number } | undefined,
  look: Look
): Drawing {
  const { width, palette, language } = look
  const words = stewardChartWords(language)
  const top = Math.max(worst * 1.25, Math.min(1, max(points, ({ errors }) => max(errors) ?? 0) ?? 0))
  const [low, high] = points.length < 2 ? [1e-4, 1] : [points[0]!.rho, points.at(-1)!.rho]
  const x = scaleLog([low, high], [margin.left, width - margin.right]).clamp(true)
  const y = scaleLinear([0, top], [height - margin.bottom, margin.top]).clamp(true)
  const percent = (share: number): string => formatShare(share, language)
  const rho = (value: number): string => formatNumber(value, language, 3)
  const color = (i: number): string => palette.kinds[i % palette.kinds.length]!
  const ticks = x.ticks(4).filter((tick) => /^1e|^0?\.?0*1$|^10*$/.test(String(tick)))
  const edges = points.map((point, i) => (i === 0 ? margin.left : (x(points[i - 1]!.rho) + x(point.rho)) / 2))
  const curve = (i: number): string =>
    line<Point>(
      (point) => x(point.rho),
      (point) => y(point.errors[i]!)
    )(points) ?? ""
  return {
    title: words.curve,
    width,
    height,
    body: svg`${y.ticks(5).map(
      (
        tick
      ) => svg`<line x1="${margin.left}" x2="${width - margin.right}" y1="${y(tick)}" y2="${y(tick)}" stroke="${palette.rule}"/>
<text x="${margin.left - 6}" y="${y(tick)}" dy="0.35em" text-anchor="end" font-size="11" fill="${palette.faint}">${percent(tick)}</text>`
    )}${ticks.map(
      (tick) =>
        svg`<text x="${x(tick)}" y="${height - 9}" text-anchor="middle" font-size="11" fill="${palette.faint}">${rho(tick)}</text>`
    )}
<line x1="${margin.left}" x2="${width - margin.right}" y1="${y(worst)}" y2="${y(worst)}" stroke="${palette.mark}" stroke-dasharray="3 3"/>
<text x="${width - margin.right}" y="${y(worst) - 6}" text-anchor="end" font-size="11" fill="${palette.mark}">${words.refused(percent(worst))}</text>
${measures.map((_, i) => svg`<path d="${curve(i)}" fill="none" stroke="${color(i)}" stroke-width="2"/>`)}
${
  chosen === undefined || points.length === 0
    ? svg``
    : svg`<line x1="${x(chosen.rho)}" x2="${x(chosen.rho)}" y1="${margin.top}" y2="${height - margin.bottom}" stroke="${palette.ink}" stroke-width="1.25"/>
<text x="${x(chosen.rho) + (x(chosen.rho) > width * 0.6 ? -6 : 6)}" y="${margin.top - 7}" text-anchor="${x(chosen.rho) > width * 0.6 ? "end" : "start"}" font-size="12" font-weight="600" fill="${palette.ink}">${words.chosen(rho(chosen.epsilon), rho(chosen.rho))}</text>`
}
${points.map((point, i) => {
  const right = i === points.length - 1 ? width - margin.right : edges[i + 1]!
  const told = measures.map((name, k) => `${name} ${percent(point.errors[k]!)}`).join("\n")
  return svg`<g data-epsilon="${point.epsilon}" data-tip="${`ε ${point.epsilon} · ρ ${rho(point.rho)}\n${told}`}"><rect x="${edges[i]!}" y="${margin.top}" width="${Math.max(1, right - edges[i]!)}" height="${height - margin.top - margin.bottom}" fill="${palette.surface}" fill-opacity="0" pointer-events="all"/>
${point.errors.map((error, k) => svg`<circle cx="${x(point.rho)}" cy="${y(error)}" r="2.25" fill="${color(k)}"/>`)}</g>`
})}`,
    legend: measures.map((name, i) => ({ color: color(i), label: name })),
    note: words.curveNote,
    table: {
      head: ["ρ", "ε", ...measures],
      rows: points.map(({ rho: loss, epsilon, errors }) => [
        Number(loss.toPrecision(4)),
        epsilon,
        ...errors.map((error) => Number(error.toPrecision(4)))
      ])
    }
  }
}
