/** Scores are whole numbers of 2^-20 rows: exact in the exponential mechanism, and finer than any noise. */
export const SCORE_STEP = 2 ** 20
