import { svg } from "../web/chart/svg.ts"
import type { Svg } from "../web/chart/svg.ts"
import { say } from "./say.ts"
import type { Saying } from "./say.ts"

export type Cell = string | number | Svg | { readonly text: Svg; readonly loud: boolean }

/** Rows under a heading; what looks like a number stands right. */
export function htmlTable(head: ReadonlyArray<Saying>, rows: ReadonlyArray<ReadonlyArray<Cell>>): Svg {
  const right = head.map((_, i) =>
    rows.every((row) => typeof row[i] === "number" || (typeof row[i] === "string" && /^[-\d]/.test(row[i])))
  )
  const cell = (value: Cell, i: number): Svg => {
    if (typeof value === "object" && "loud" in value)
      return svg`<td class="${value.loud ? "loud" : ""}">${value.text}</td>`
    return svg`<td class="${right[i] === true ? "n" : ""}">${typeof value === "number" ? String(value) : value}</td>`
  }
  return svg`<div class="scroll"><table><thead><tr>${head.map((name, i) => svg`<th scope="col" class="${right[i] === true ? "n" : ""}">${say(name)}</th>`)}</tr></thead><tbody>${rows.map((row) => svg`<tr>${row.map(cell)}</tr>`)}</tbody></table></div>`
}
