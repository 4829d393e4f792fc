/** Values of a `dp` key column when nobody has said how many there are: a public prior, see docs/decisions/0003. */
export const ASSUMED_GROUPS = 30
