import { html } from "lit"
import type { CSSResultGroup, PropertyDeclarations, PropertyValues, TemplateResult, nothing } from "lit"
import type { PublicPrice } from "../../../api/embed/PublicPrice.ts"
import { AssayPrice } from "../../element/AssayPrice.ts"
import { formatDay } from "../../format/formatDay.ts"
import { formatMoney } from "../../format/formatMoney.ts"
import { settings } from "../../shell/settings.ts"
import { askHouse } from "./askHouse.ts"
import type { Told } from "./askHouse.ts"
import { embedStyle } from "./embedStyle.ts"
import { embedWords } from "./embedWords.ts"
import { house } from "./house.ts"
import { showWaiting } from "./showWaiting.ts"

/** What a product costs now and why, on a page of others: `<assay-price product="..." token="emb_...">`. */
export class EmbeddedPrice extends AssayPrice {
  static override styles: CSSResultGroup = [AssayPrice.styles, embedStyle]
  static override properties: PropertyDeclarations = {
    product: { type: String },
    token: { type: String },
    told: { state: true }
  }
  declare product: string
  declare token: string
  declare private told: Told<PublicPrice> | undefined

  constructor() {
    super()
    this.product = ""
    this.token = ""
    this.told = undefined
  }

  override willUpdate(changed: PropertyValues): void {
    this.dataset["light"] = settings.theme
    if (changed.has("product") || changed.has("token")) void this.#ask()
  }

  async #ask(): Promise<void> {
    const { product, token } = this
    this.told = undefined
    const told = await askHouse(house.address, `products/${encodeURIComponent(product)}`, "price", token)
    if (product !== this.product || token !== this.token) return
    this.tree = told.is === "told" ? told.value.priceTree : undefined
    this.currency = told.is === "told" ? told.value.price.currency : "CNY"
    this.told = told
  }

  override render(): TemplateResult | typeof nothing {
    const { told } = this
    if (told?.is !== "told") return showWaiting(told)
    const { language } = settings
    const words = embedWords(language)
    const { title, price, version, at, product } = told.value
    return html`<div class="head">
        <div>
          <p class="name">${language === "en" ? title.en : title.zh}</p>
          <p class="quiet">${words.version(version)}</p>
        </div>
        <div>
          <p class="amount">${formatMoney(price, language)}</p>
          <p class="quiet">
            ${words.now(formatDay(at, language))} ·
            <a href="${house.address}/products/${product}" target="_blank" rel="noopener">${words.open}</a>
          </p>
        </div>
      </div>
      ${super.render()}`
  }
}
