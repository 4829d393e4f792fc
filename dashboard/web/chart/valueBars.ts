import { max, scaleLinear } from "d3"
import type { Value } from "../../api/Value.ts"
import { formatMoney } from "../format/formatMoney.ts"
import type { Drawing, Look } from "./Drawing.ts"
import { fitText } from "./fitText.ts"
import { svg } from "./svg.ts"
import { textWidth } from "./textWidth.ts"

const barHeight = 9
const pitch = 14
const rowHeight = 54

/** Draws what each product is listed at beside what was ordered and paid: three bars, never stacked, since they do not add up. */
export function valueBars(products: Value["products"], currency: string, look: Look): Drawing {
  const { width, palette, language, words } = look
  const shown = products.filter((product) => product.price.currency === currency)
  const money = (minor: number): string => formatMoney({ minor, currency }, language)
  const name = ({ title }: Value["products"][number]): string => (language === "en" ? title.en : title.zh)
  const left = Math.min(width * 0.36, (max(shown, (product) => textWidth(name(product), 12)) ?? 0) + 12)
  const bars = (product: Value["products"][number]) =>
    [
      [product.price.minor, palette.main, words.value.list],
      [product.ordered.minor, palette.down, words.value.ordered],
      [product.paid.minor, palette.up, words.value.paid]
    ] as const
  const largest = max(shown, (product) => max(bars(product), ([minor]) => minor)) || 1
  // What was paid back may be more than what was paid.
  const least = Math.min(0, ...shown.flatMap((product) => bars(product).map(([minor]) => minor)))
  const right = Math.max(textWidth(money(largest), 11), textWidth(money(least), 11)) + 10
  const x = scaleLinear([least, largest], [left, Math.max(left + 40, width - right)])
  const rows = shown.map((product, i) => {
    const top = i * rowHeight
    return svg`<text x="0" y="${top + 13}" font-size="12" fill="${palette.ink}">${fitText(name(product), left - 8, 12)}</text>
${bars(product).map(
  ([minor, color, label], j) =>
    svg`<g data-tip="${`${name(product)}\n${label}: ${money(minor)}`}"><rect x="${Math.min(x(0), x(minor))}" y="${top + 4 + j * pitch}" width="${Math.max(1, Math.abs(x(minor) - x(0)))}" height="${barHeight}" fill="${color}"/>
<text x="${Math.max(x(0), x(minor)) + 6}" y="${top + 8.5 + j * pitch}" dy="0.35em" font-size="11" fill="${palette.soft}">${money(minor)}</text></g>`
)}`
  })
  return {
    title: words.chart.byProduct(currency),
    width,
    height: shown.length * rowHeight,
    body: svg`<line x1="${x(0)}" x2="${x(0)}" y1="0" y2="${shown.length * rowHeight}" stroke="${palette.rule}"/>${rows}`,
    legend: [
      { color: palette.main, label: words.value.list },
      { color: palette.down, label: words.value.ordered },
      { color: palette.up, label: words.value.paid }
    ],
    table: {
      head: [words.chart.product, words.value.list, words.value.ordered, words.value.paid],
      rows: shown.map((product) => [name(product), ...bars(product).map(([minor]) => minor / 100)])
    }
  }
}
