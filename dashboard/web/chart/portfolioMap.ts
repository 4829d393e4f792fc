import { hierarchy, scaleLinear, treemap } from "d3"
import type { Drawing, Look } from "./Drawing.ts"
import { fitText } from "./fitText.ts"
import { svg } from "./svg.ts"

/** A product as a part of the whole. */
export interface Holding {
  readonly id: string
  readonly name: string
  /** Size of its area. */
  readonly value: number
  /** `value` as people read it. */
  readonly shown: string
  /** Shade, 0 to 100. */
  readonly index: number
}

type Node = Holding | { readonly children: ReadonlyArray<Holding> }

const height = 260

/** Draws products as areas by their value, darker the more tradable they are. */
export function portfolioMap(
  holdings: ReadonlyArray<Holding>,
  words: {
    readonly title: string
    readonly product: string
    readonly value: string
    readonly index: string
    readonly note: string
  },
  look: Look
): Drawing {
  const { width, palette } = look
  const worth = holdings.filter(({ value }) => value > 0)
  const root = treemap<Node>().size([width, height]).paddingInner(2).round(true)(
    hierarchy<Node>({ children: worth }, (node) => ("children" in node ? node.children : null))
      .sum((node) => ("value" in node ? node.value : 0))
      .sort((a, b) => (b.value ?? 0) - (a.value ?? 0))
  )
  const opacity = scaleLinear([0, 100], [0.16, 0.62]).clamp(true)
  return {
    title: words.title,
    width,
    height,
    body: svg`${(worth.length === 0 ? [] : root.leaves()).map((leaf) => {
      const one = leaf.data as Holding
      const [w, h] = [leaf.x1 - leaf.x0, leaf.y1 - leaf.y0]
      return svg`<g transform="translate(${leaf.x0} ${leaf.y0})" data-tip="${`${one.name}\n${one.shown}\n${words.index} ${Math.round(one.index)}`}"><rect width="${w}" height="${h}" fill="${palette.surface}"/><rect width="${w}" height="${h}" fill="${palette.main}" fill-opacity="${opacity(one.index)}"/>
${w < 60 || h < 36 ? svg`` : svg`<text x="8" y="19" font-size="12" font-weight="600" fill="${palette.ink}">${fitText(one.name, w - 14, 12)}</text><text x="8" y="36" font-size="12" fill="${palette.ink}">${fitText(one.shown, w - 14, 12)}</text>`}</g>`
    })}`,
    note: words.note,
    table: {
      head: [words.product, words.value, words.index],
      rows: holdings.map(({ name, shown, index }) => [name, shown, Math.round(index)])
    }
  }
}
