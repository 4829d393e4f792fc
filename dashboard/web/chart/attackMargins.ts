import { max, scaleLinear } from "d3"
import type { ProductAttack } from "../../api/product/ProductAttack.ts"
import { formatMoney } from "../format/formatMoney.ts"
import { formatShare } from "../format/formatShare.ts"
import type { Drawing, Look } from "./Drawing.ts"
import { fitText } from "./fitText.ts"
import { svg } from "./svg.ts"
import { textWidth } from "./textWidth.ts"

const rowHeight = 24
const axisHeight = 22
/** Covers that cost more than this over the price say no more by being drawn further out. */
const mostMargin = 3

/** What the chart says in words. */
export interface AttackChartWords {
  readonly title: string
  readonly price: string
  readonly cover: string
  readonly bound: string
  readonly none: string
  readonly offer: string
  readonly listed: string
  readonly cheapest: string
  readonly margin: string
  readonly dearer: (share: string) => string
  readonly cheaper: (share: string) => string
  readonly beyond: string
}

/** Draws for each offer how much dearer the cheapest other way to have the same is, from the price on; nothing may lie left of the price. */
export function attackMargins(
  offers: ProductAttack["offers"],
  nameOf: (offer: ProductAttack["offers"][number]) => string,
  words: AttackChartWords,
  look: Look
): Drawing {
  const { width, palette, language } = look
  const share = (value: number): string => formatShare(Math.abs(value), language)
  const said = (margin: number | null): string =>
    margin === null ? words.none : margin < 0 ? words.cheaper(share(margin)) : words.dearer(share(margin))
  const left = Math.min(width * 0.4, (max(offers, (one) => textWidth(nameOf(one), 12)) ?? 0) + 12)
  const right = (max(offers, ({ margin }) => textWidth(said(margin), 12)) ?? 0) + 14
  const far = Math.min(mostMargin, max(offers, ({ margin }) => margin ?? 0) ?? 0) || 1
  const near = Math.min(0, ...offers.map(({ margin }) => margin ?? 0))
  const x = scaleLinear([near, far], [left + 6, Math.max(left + 46, width - right - 6)]).clamp(true)
  const height = axisHeight + offers.length * rowHeight

  const rows = offers.map((offer, i) => {
    const { cover, margin, atLeast, price } = offer
    const middle = axisHeight + i * rowHeight + rowHeight / 2
    const isBeaten = offer.verdict === "beaten"
    const tip = [
      `${nameOf(offer)}: ${formatMoney(price, language)}`,
      cover === null ? words.none : `${words.cover}: ${formatMoney(cover.price, language)}, ${said(margin)}`,
      ...(atLeast === null ? [] : [`${words.bound}: ${formatMoney(atLeast, language)}`])
    ].join("\n")
    const bound = atLeast === null || price.minor === 0 ? undefined : x(atLeast.minor / price.minor - 1)
    return svg`<g data-tip="${tip}">
<rect x="0" y="${middle - rowHeight / 2}" width="${width}" height="${rowHeight}" fill="transparent"/>
<text x="0" y="${middle}" dy="0.35em" font-size="12" fill="${palette.ink}">${fitText(nameOf(offer), left - 8, 12)}</text>
${margin === null ? svg`` : svg`<path d="M${x(0)},${middle}H${x(margin)}" stroke="${isBeaten ? palette.mark : palette.rule}" stroke-width="2"/>`}
${bound === undefined ? svg`` : svg`<path d="M${bound},${middle - 6}v12" stroke="${palette.faint}" stroke-width="2"/>`}
${margin === null ? svg`` : svg`<circle cx="${x(margin)}" cy="${middle}" r="4.5" fill="${isBeaten ? palette.mark : palette.main}"/>`}
<text x="${width}" y="${middle}" dy="0.35em" text-anchor="end" font-size="12" fill="${isBeaten ? palette.ink : palette.soft}">${said(margin)}</text></g>`
  })
  return {
    title: words.title,
    width,
    height,
    body: svg`<line x1="${x(0)}" x2="${x(0)}" y1="${axisHeight - 4}" y2="${height}" stroke="${palette.ink}"/>
<text x="${x(0)}" y="${12}" font-size="11" text-anchor="${x(0) - left < 60 ? "start" : "middle"}" fill="${palette.soft}">${words.price}</text>${rows}`,
    legend: [
      { color: palette.main, label: words.cover },
      { color: palette.faint, label: words.bound }
    ],
    ...(offers.some(({ margin }) => margin !== null && margin > mostMargin) ? { note: words.beyond } : {}),
    table: {
      head: [words.offer, words.listed, words.cheapest, words.margin, words.bound],
      rows: offers.map(({ price, cover, margin, atLeast }, i) => [
        nameOf(offers[i]!),
        price.minor / 100,
        cover === null ? "–" : cover.price.minor / 100,
        margin === null ? "–" : Math.round(margin * 1000) / 1000,
        atLeast === null ? "–" : atLeast.minor / 100
      ])
    }
  }
}
