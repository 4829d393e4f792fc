import type { ReleaseDefinition } from "./ReleaseDefinition.ts"

/** The asset that a release protects. */
export const protectedAsset = ({ from, product }: ReleaseDefinition): string =>
  typeof from === "string" ? from : `feature.${product}`
