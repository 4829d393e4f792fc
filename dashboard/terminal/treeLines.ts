import type { Explanation } from "#pricing/quote/Explanation.ts"

/** A price's explanation as indented lines; amounts in the currency, other values with their unit. */
export function treeLines(
  node: Explanation,
  currency: string,
  language: "zh" | "en",
  depth = 0
): ReadonlyArray<string> {
  const value =
    node.unit === "minor"
      ? `${(node.value / 100).toFixed(2)} ${currency}`
      : `${Number(node.value.toPrecision(8))} ${node.unit}`
  const children = "children" in node ? (node.children ?? []) : []
  return [
    `${"  ".repeat(depth)}${node.label[language]}: ${value}`,
    ...children.flatMap((child) => treeLines(child, currency, language, depth + 1))
  ]
}
