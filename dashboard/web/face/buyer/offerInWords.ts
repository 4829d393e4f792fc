import type { ProductAttack } from "../../../api/product/ProductAttack.ts"
import { formatNumber } from "../../format/formatNumber.ts"
import type { Language } from "../../format/Language.ts"
import { buyerProductWords } from "./buyerProductWords.ts"

type Offer = Pick<ProductAttack["offers"][number], "columns" | "slice" | "accuracy">

/** An offer as people say it: what is left out of the whole, and at which accuracy. */
export function offerInWords(offer: Offer, whole: Offer, language: Language): string {
  const { attack } = buyerProductWords(language)
  const own = offer.columns.filter((name) => !whole.columns.includes(name))
  const left = whole.columns.filter((name) => !offer.columns.includes(name))
  const parts = [
    ...(offer.slice === null ? [] : [offer.slice]),
    ...(left.length === 0 && own.length === 0 ? [] : [attack.without(left.join(", "))]),
    ...(offer.accuracy === 1 ? [] : [attack.accuracy(formatNumber(offer.accuracy, language))])
  ]
  return parts.length === 0 ? attack.whole : parts.join(" · ")
}
