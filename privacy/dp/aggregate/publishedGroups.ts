import type { AggregateShape } from "./AggregatePlan.ts"

/** In how many published groups one subject counts at most: where the cells are chosen first, no more than are chosen. */
export const publishedGroups = ({ l0, top }: Pick<AggregateShape, "l0" | "top">): number =>
  top?.peel === true ? Math.min(l0, top.k) : l0
