import { linkHorizontal, max } from "d3"
import type { AssetNode } from "../../api/AssetNode.ts"
import type { Lineage } from "../../api/Lineage.ts"
import { formatInstant } from "../format/formatInstant.ts"
import { formatNumber } from "../format/formatNumber.ts"
import type { Language } from "../format/Language.ts"
import type { Drawing, Look } from "./Drawing.ts"
import { fitText } from "./fitText.ts"
import { layerGraph } from "./layerGraph.ts"
import { svg } from "./svg.ts"
import type { Svg } from "./svg.ts"
import { textWidth } from "./textWidth.ts"

const boxHeight = 40
const rowGap = 12
const columnGap = 56

/** The order of the groups in the house; others come after, by name, in the colour of the first. */
const groups = ["raw", "conform", "core", "feature", "release"]

type Node = Lineage["nodes"][number] & Partial<AssetNode>

/** Assets and what each is made from; outside of the house without states, times and counts. */
interface Graph {
  readonly nodes: ReadonlyArray<Node>
  readonly edges: Lineage["edges"]
}

/** Draws the asset graph from left to right. `href` makes each asset a link, for those who may open it. */
export function lineageMap(graph: Graph, href: ((key: string) => string) | undefined, look: Look): Drawing {
  const { palette, language, words } = look
  const placed = layerGraph(
    graph.nodes.map((node) => node.key),
    graph.edges
  )
  const nodes = new Map(graph.nodes.map((node) => [node.key, node]))
  const knowsState = graph.nodes.length === 0 || graph.nodes.some(({ state }) => state !== undefined)
  const boxWidth = Math.min(230, 44 + (max(graph.nodes, (node) => textWidth(shortName(node), 12)) ?? 0))
  const layers = (max(placed, (at) => at.layer) ?? 0) + 1
  const longest = (max(placed, (at) => at.place) ?? 0) + 1
  const height = longest * (boxHeight + rowGap) - rowGap + 2
  const width = Math.max(look.width, layers * boxWidth + (layers - 1) * columnGap)
  const step = layers > 1 ? Math.min(boxWidth + 200, (width - boxWidth - 2) / (layers - 1)) : 0
  const sizes = placed.reduce(
    (count, { layer }) => count.set(layer, (count.get(layer) ?? 0) + 1),
    new Map<number, number>()
  )
  const corner = new Map(
    placed.map(({ key, layer, place }) => {
      // Each layer is spread over the whole height, so edges run as level as they can.
      const slot = height / sizes.get(layer)!
      return [key, { x: 1 + layer * step, y: place * slot + (slot - boxHeight) / 2 }] as const
    })
  )
  const link = linkHorizontal<unknown, readonly [number, number]>()
  const color = groupColor(look)

  const edges = graph.edges.flatMap(({ from, to }) => {
    const start = corner.get(from)
    const end = corner.get(to)
    if (start === undefined || end === undefined) return []
    const source = [start.x + boxWidth, start.y + boxHeight / 2] as const
    const target = [end.x, end.y + boxHeight / 2] as const
    return [
      svg`<path d="${link({ source, target }) ?? ""}" fill="none" stroke="${palette.faint}" stroke-opacity="0.55" data-from="${from}" data-to="${to}"/>`
    ]
  })
  const boxes = graph.nodes.map((node): Svg => {
    const { x, y } = corner.get(node.key)!
    const stale = node.state !== undefined && node.state !== "fresh"
    const rows =
      node.rows === null || node.rows === undefined
        ? ""
        : words.chart.rows(formatNumber(node.rows, language, 4, "short"))
    const second = stale
      ? words.state[node.state!]
      : rows || words.assetKind[node.kind as keyof typeof words.assetKind] || node.kind
    const tip = [
      node.key,
      node.state === undefined ? "" : [words.state[node.state], ...reasonsOf(node, language)].join(": "),
      rows,
      node.madeAt === null || node.madeAt === undefined ? "" : words.chart.madeAt(formatInstant(node.madeAt, language))
    ]
    const shown = [fitText(shortName(node), boxWidth - 22, 12), fitText(second, boxWidth - 22, 11)] as const
    const box = svg`<rect x="${x}" y="${y}" width="${boxWidth}" height="${boxHeight}" rx="2" fill="${palette.surface}" stroke="${stale ? palette.down : palette.rule}" ${stale ? svg`stroke-dasharray="4 3"` : svg``}/>
<rect x="${x}" y="${y}" width="4" height="${boxHeight}" fill="${color(node)}"/>
${node.barrier ? svg`<path d="M${x + 8},${y}v${boxHeight}" stroke="${color(node)}" stroke-width="1" stroke-dasharray="2 2"/>` : svg``}
<text x="${x + 14}" y="${y + 16}" font-size="12" font-weight="600" fill="${palette.ink}">${shown[0]}</text>
<text x="${x + 14}" y="${y + 31}" font-size="11" fill="${stale ? palette.ink : palette.faint}">${shown[1]}</text>`
    // The name begins with what can be seen, so that people who speak to their machine can say it.
    const name = [shown.join(" "), ...tip.filter(Boolean)].join(", ")
    const told = svg`data-node="${node.key}" data-tip="${tip.filter(Boolean).join("\n")}" aria-label="${name}"`
    return href === undefined
      ? svg`<g role="img" ${told}>${box}</g>`
      : svg`<a href="${href(node.key)}" ${told}>${box}</a>`
  })
  return {
    title: words.chart.lineage,
    width,
    height,
    body: svg`${edges}${boxes}`,
    legend: [
      ...groupNames(graph.nodes).map((group) => ({
        color: color({ group }),
        label: words.group[group as keyof typeof words.group] ?? group
      })),
      ...(knowsState ? [{ color: palette.down, label: words.chart.notFresh, dashed: true }] : [])
    ],
    table: {
      head: [
        words.chart.asset,
        words.chart.group,
        ...(knowsState ? [words.chart.state, words.chart.lastMade] : []),
        words.chart.inputs
      ],
      rows: graph.nodes.map((node) => [
        nodes.get(node.key)!.key,
        node.group,
        ...(knowsState
          ? [
              words.state[node.state ?? "missing"],
              node.madeAt === null || node.madeAt === undefined ? "–" : formatInstant(node.madeAt, language)
            ]
          : []),
        graph.edges
          .filter((edge) => edge.to === node.key)
          .map((edge) => edge.from)
          .join(", ")
      ])
    }
  }
}

const reasonsOf = ({ reasons = [] }: Node, language: Language): ReadonlyArray<string> =>
  reasons.length === 0 ? [] : [reasons.map((reason) => (language === "en" ? reason.en : reason.zh)).join("; ")]

const shortName = ({ key }: { readonly key: string }): string => key.slice(key.indexOf(".") + 1)

function groupNames(nodes: ReadonlyArray<{ readonly group: string }>): ReadonlyArray<string> {
  const present = [...new Set(nodes.map((node) => node.group))]
  const rank = (group: string): number => (groups.includes(group) ? groups.indexOf(group) : groups.length)
  return present.sort((a, b) => rank(a) - rank(b) || a.localeCompare(b))
}

function groupColor({ palette }: Look): (node: { readonly group: string }) => string {
  const shades = [palette.faint, palette.kinds[4]!, palette.kinds[0]!, palette.kinds[3]!, palette.kinds[2]!]
  return ({ group }) => shades[Math.max(0, groups.indexOf(group))]!
}
