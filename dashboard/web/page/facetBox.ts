import { html, nothing } from "lit"
import type { TemplateResult } from "lit"
import type { buyerCatalogWords } from "../face/buyer/buyerCatalogWords.ts"
import { formatMoney } from "../format/formatMoney.ts"
import { formatNumber } from "../format/formatNumber.ts"
import type { Language } from "../format/Language.ts"
import type { facetNames } from "./facetNames.ts"

type Facet = (typeof facetNames)[number]
type Own = ReturnType<typeof buyerCatalogWords>

/** The values of one facet with how many products have each; a second click on the chosen one lets it go. */
export function facetBox(
  name: Facet,
  values: ReadonlyArray<{ readonly value: string; readonly products: number }>,
  chosen: string | null,
  own: Own,
  language: Language,
  choose: (value: string) => void
): TemplateResult | typeof nothing {
  // A choice that is left with nothing has to stay where it can be undone.
  const shown =
    chosen === null || values.some(({ value }) => value === chosen) ? values : [{ value: chosen, products: 0 }]
  if (shown.length === 0) return nothing
  return html`<fieldset class="facet">
    <legend>${own.facets[name]}</legend>
    ${inOrder(name, shown).map(
      ({ value, products }) =>
        html`<button aria-pressed=${value === chosen} @click=${() => choose(value === chosen ? "" : value)}>
          <span>${valueInWords(name, value, own, language)}</span>
          <span class="quiet">${formatNumber(products, language)}</span>
        </button>`
    )}
  </fieldset>`
}

const ranks: Partial<Readonly<Record<Facet, ReadonlyArray<string>>>> = {
  freshness: ["week", "month", "quarter", "older"],
  tradability: ["95-100", "90-95", "85-90", "0-85"]
}
const lowerBound = (value: string): number => Number(/(\d+)/.exec(value)?.[1] ?? 0)

function inOrder<A extends { readonly value: string }>(name: Facet, values: ReadonlyArray<A>): ReadonlyArray<A> {
  const rank = ranks[name]
  if (rank !== undefined) return values.toSorted((a, b) => rank.indexOf(a.value) - rank.indexOf(b.value))
  return name === "price" ? values.toSorted((a, b) => lowerBound(a.value) - lowerBound(b.value)) : values
}

function valueInWords(name: Facet, value: string, own: Own, language: Language): string {
  if (name === "kind") return own.kinds[value as keyof typeof own.kinds] ?? value
  if (name === "freshness") return own.ages[value as keyof typeof own.ages] ?? value
  if (name === "purpose") return own.purposes[value as keyof typeof own.purposes] ?? value
  if (name === "tradability") {
    const [lower, upper] = value.split("-")
    return lower === "0" ? own.below(upper!) : own.between(lower!, upper!)
  }
  const price = name === "price" ? /^([A-Z]{3}) (\d+)(?:-(\d+)|\+)$/.exec(value) : null
  if (price === null) return value
  const [, currency, lower, upper] = price
  const money = (whole: string): string =>
    formatMoney({ minor: Number(whole) * 100, currency: currency! }, language).replace(/\.00\b/, "")
  return upper === undefined
    ? own.from(money(lower!))
    : lower === "0"
      ? own.below(money(upper))
      : own.between(money(lower!), money(upper))
}
