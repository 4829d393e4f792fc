import { linkHorizontal, max } from "d3"
import type { ColumnLineage } from "../../api/steward/ColumnLineage.ts"
import { stewardChartWords } from "../face/steward/stewardChartWords.ts"
import type { Drawing, Look } from "./Drawing.ts"
import { fitText } from "./fitText.ts"
import { layerGraph } from "./layerGraph.ts"
import { svg } from "./svg.ts"
import type { Svg } from "./svg.ts"
import { textWidth } from "./textWidth.ts"

const boxHeight = 36
const gap = 8

/** Draws the columns that one column is made from and that are made of it, in layers from the left to the right. */
export function columnMap({ asset, column, nodes, edges }: ColumnLineage, look: Look): Drawing {
  const { palette, language } = look
  const words = stewardChartWords(language)
  const placed = layerGraph(
    nodes.map(({ id }) => id),
    edges
  )
  const nameOf = (name: string): string => (name === "*" ? words.every : name)
  const boxWidth = Math.min(
    220,
    28 + (max(nodes, (node) => Math.max(textWidth(nameOf(node.column), 12), textWidth(node.asset, 10.5))) ?? 0)
  )
  const layers = (max(placed, ({ layer }) => layer) ?? 0) + 1
  const longest = (max(placed, ({ place }) => place) ?? 0) + 1
  const height = longest * (boxHeight + gap) - gap + 2
  const width = Math.max(look.width, layers * boxWidth + (layers - 1) * 54)
  const step = layers > 1 ? Math.min(boxWidth + 180, (width - boxWidth - 2) / (layers - 1)) : 0
  const sizes = Map.groupBy(placed, ({ layer }) => layer)
  const corner = new Map(
    placed.map(({ key, layer, place }) => {
      const slot = height / sizes.get(layer)!.length
      return [key, { x: 1 + layer * step, y: place * slot + (slot - boxHeight) / 2 }] as const
    })
  )
  const link = linkHorizontal<unknown, readonly [number, number]>()
  const how = (name: string): string => words.hows[name as keyof typeof words.hows] ?? name
  const lines = edges.flatMap((edge): ReadonlyArray<Svg> => {
    const [start, end] = [corner.get(edge.from), corner.get(edge.to)]
    if (start === undefined || end === undefined) return []
    const source = [start.x + boxWidth, start.y + boxHeight / 2] as const
    const target = [end.x, end.y + boxHeight / 2] as const
    const direct = edge.type === "DIRECT"
    return [
      svg`<path d="${link({ source, target }) ?? ""}" fill="none" stroke="${direct ? palette.main : palette.faint}" stroke-opacity="${direct ? 0.9 : 0.5}" stroke-width="${direct ? 1.5 : 1}" stroke-dasharray="${direct ? "none" : "4 3"}" data-tip="${`${edge.from} → ${edge.to}\n${how(edge.how)}`}"/>`
    ]
  })
  const boxes = nodes.map((node): Svg => {
    const { x, y } = corner.get(node.id)!
    const own = node.id === `${asset}.${column}`
    const address = `/steward/assets/${encodeURIComponent(node.asset)}`
    return svg`<a href="${address}" data-tip="${node.id}"><rect x="${x}" y="${y}" width="${boxWidth}" height="${boxHeight}" rx="2" fill="${palette.surface}" stroke="${own ? palette.mark : palette.rule}" stroke-width="${own ? 2 : 1}"/>
<text x="${x + 10}" y="${y + 15}" font-size="12" font-weight="600" fill="${palette.ink}">${fitText(nameOf(node.column), boxWidth - 18, 12)}</text>
<text x="${x + 10}" y="${y + 29}" font-size="10.5" fill="${palette.faint}">${fitText(node.asset, boxWidth - 18, 10.5)}</text></a>`
  })
  return {
    title: words.columns(`${asset}.${column}`),
    width,
    height,
    body: svg`${lines}${boxes}`,
    legend: [
      { color: palette.main, label: words.direct },
      { color: palette.faint, label: words.indirect, dashed: true }
    ],
    note: words.columnsNote,
    table: {
      head: [words.fromColumn, words.toColumn, words.how],
      rows: edges.map((edge) => [edge.from, edge.to, how(edge.how)])
    }
  }
}
