import { EmbeddedLineage } from "./face/embed/EmbeddedLineage.ts"
import { EmbeddedPrice } from "./face/embed/EmbeddedPrice.ts"
import { house } from "./face/embed/house.ts"
import { settings } from "./shell/settings.ts"

// The script for pages of others: `<script src="https://house/embed.js" data-language="en" data-theme="light" defer></script>`.
const script = document.currentScript
if (script instanceof HTMLScriptElement) {
  house.address = new URL(script.src).origin
  const { language = document.documentElement.lang, theme } = script.dataset
  settings.follow(
    /^zh/i.test(language) ? "zh-CN" : /^en/i.test(language) ? "en" : undefined,
    theme === "light" || theme === "dark" ? theme : undefined
  )
}
if (customElements.get("assay-price") === undefined) customElements.define("assay-price", EmbeddedPrice)
if (customElements.get("assay-lineage") === undefined) customElements.define("assay-lineage", EmbeddedLineage)
