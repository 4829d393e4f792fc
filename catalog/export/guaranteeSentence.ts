import type { ProductVersion } from "../product/ProductVersion.ts"

/** What protects the people in a version, in one sentence. */
export const guaranteeSentence = ({ epsilon, delta, period }: ProductVersion): string =>
  epsilon > 0
    ? `Differentially private: what one subject's records change in the release of ${period} is bounded by epsilon ${epsilon} at delta ${delta}; figures carry noise.`
    : `Rows of subjects who permit exactly this, each with its own licence; release of ${period}.`
