/** A small share such as a delta, to one digit: `1e-6`. Raised digits would need glyphs that the served font has not. */
export const formatTiny = (value: number): string => (value === 0 ? "0" : value.toExponential(0))
