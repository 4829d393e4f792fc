import type { Listing } from "../product/Catalog.ts"
import { datasheetSections } from "./datasheetSections.ts"

const marks: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" }
const safe = (text: string): string => text.replaceAll(/[&<>"']/g, (mark) => marks[mark]!)

const style = `body{font:14px/1.6 system-ui,"Noto Sans SC",sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1d2433}
h1{font-size:1.5rem;margin:0}h2{font-size:1rem;border-bottom:1px solid #c9d0da;margin:1.6rem 0 .4rem}
table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #e3e7ed;padding:.3rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{font-weight:600;width:14rem}@media print{body{margin:0;max-width:none}h2{break-after:avoid}tr{break-inside:avoid}}`

/**
 * The bilingual datasheet (产品说明书) of a product as a page.
 *
 * @returns  HTML that stands alone and prints
 */
export function datasheet(listing: Listing): string {
  const { title } = listing.version.offering
  const sections = datasheetSections(listing).map(
    ({ zh, en, facts }) =>
      `<h2>${zh} · ${en}</h2>\n<table>${facts
        .map(
          (one) => `<tr><th>${safe(one.zh)}<br>${safe(one.en)}</th><td>${one.lines.map(safe).join("<br>")}</td></tr>`
        )
        .join("")}</table>`
  )
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>${safe(title.zh)} · ${safe(title.en)}</title><style>${style}</style></head><body>
<h1>${safe(title.zh)}</h1><p>${safe(title.en)}</p>
${sections.join("\n")}
</body></html>
`
}
