import type { PriceTree } from "../../api/PriceTree.ts"

/** A step from the base price towards the price, in minor units. */
export interface WaterfallStep {
  readonly id: string
  readonly label: PriceTree["label"]
  readonly kind: "base" | "factor" | "floor" | "price"
  /** Of a factor. */
  readonly ratio?: number
  readonly before: number
  readonly after: number
}

/**
 * Lays a price tree out as steps: the base, each factor as what it adds or takes, the lift to the floor where the floor
 * decides, the price.
 *
 * @returns undefined if the tree has another shape than max(floor, base * factors)
 */
export function waterfallSteps(tree: PriceTree): ReadonlyArray<WaterfallStep> | undefined {
  const formula = tree.children?.find((child) => child.id.endsWith(".formula"))
  const floor = tree.children?.find((child) => child.id.endsWith(".floor"))
  const [base, ...factors] = formula?.children ?? []
  if (formula === undefined || floor === undefined || base?.unit !== "minor") return undefined
  if (factors.some((factor) => factor.unit === "minor")) return undefined
  const steps: Array<WaterfallStep> = [{ id: base.id, label: base.label, kind: "base", before: 0, after: base.value }]
  let running = base.value
  for (const factor of factors) {
    const after = running * factor.value
    steps.push({ id: factor.id, label: factor.label, kind: "factor", ratio: factor.value, before: running, after })
    running = after
  }
  if (floor.value > running) {
    steps.push({ id: floor.id, label: floor.label, kind: "floor", before: running, after: floor.value })
  }
  steps.push({ id: tree.id, label: tree.label, kind: "price", before: 0, after: tree.value })
  return steps
}
