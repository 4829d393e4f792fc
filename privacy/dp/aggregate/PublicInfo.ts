import type { ReleasedFigures } from "./ReleasedFigures.ts"

/**
 * What may be used to predict the error of a release: the owner's public knowledge and figures that were paid for.
 * Nothing else: a prediction from the data would be a release that nobody charged.
 */
export interface PublicInfo {
  readonly subjects: number
  readonly source: "declared" | "paid" | "census"
  /** the figures of the last release of the same keys, which was paid for */
  readonly released?: ReleasedFigures
  /** distinct values of a `dp` key column, where the owner knows them */
  readonly groups?: Readonly<Record<string, number>>
  /** budget units of a census that was paid out of the release being planned; its measures share what is left */
  readonly censusUnits?: bigint
}
