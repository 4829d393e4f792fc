import type { CSSResultGroup, PropertyDeclarations, PropertyValues, TemplateResult, nothing } from "lit"
import type { Lineage } from "../../../api/Lineage.ts"
import { AssayLineage } from "../../element/AssayLineage.ts"
import { settings } from "../../shell/settings.ts"
import { askHouse } from "./askHouse.ts"
import type { Told } from "./askHouse.ts"
import { embedStyle } from "./embedStyle.ts"
import { house } from "./house.ts"
import { showWaiting } from "./showWaiting.ts"

/** What a product or an asset is made from, on a page of others: `<assay-lineage product="..." token="emb_...">`, or `asset="..."`. */
export class EmbeddedLineage extends AssayLineage {
  static override styles: CSSResultGroup = [AssayLineage.styles, embedStyle]
  static override properties: PropertyDeclarations = {
    product: { type: String },
    asset: { type: String },
    token: { type: String },
    told: { state: true }
  }
  declare product: string
  declare asset: string
  declare token: string
  declare private told: Told<Lineage> | undefined

  constructor() {
    super()
    this.product = ""
    this.asset = ""
    this.token = ""
    this.told = undefined
  }

  override willUpdate(changed: PropertyValues): void {
    this.dataset["light"] = settings.theme
    if (changed.has("product") || changed.has("asset") || changed.has("token")) void this.#ask()
  }

  async #ask(): Promise<void> {
    const { product, asset, token } = this
    this.told = undefined
    const path = product === "" ? `assets/${encodeURIComponent(asset)}` : `products/${encodeURIComponent(product)}`
    const told = await askHouse(house.address, path, "lineage", token)
    if (product !== this.product || asset !== this.asset || token !== this.token) return
    this.graph = told.is === "told" ? told.value : undefined
    this.told = told
  }

  override render(): TemplateResult | typeof nothing {
    return this.told?.is === "told" ? super.render() : showWaiting(this.told)
  }
}
