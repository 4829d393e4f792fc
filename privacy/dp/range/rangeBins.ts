/** Values beyond 2^40 steps are counted in the outermost bins. */
const POWERS = 40

/** Bins of the histogram: zero, and for each sign 2^(b-1) <= |value| < 2^b for b of 1..40. */
export const RANGE_BINS = 2 * POWERS + 1

/** SQL of the 0-based bin of an integer: that of zero is 40, those of positive values follow it. Total for every hugeint. */
export function rangeBinSql(value: string): string {
  const size = `cast(least(abs(greatest(least(${value}, ${2n ** 40n}), -${2n ** 40n})), ${2n ** 40n - 1n}) as bigint)`
  return `case when ${value} = 0 then ${POWERS} else ${POWERS} + sign(${value}) * length(bin(${size})) end`
}

/** The smallest and largest value of a bin. */
export function rangeBinEnds(bin: number): readonly [least: number, most: number] {
  const power = Math.abs(bin - POWERS)
  if (power === 0) return [0, 0]
  return bin > POWERS ? [2 ** (power - 1), 2 ** power - 1] : [1 - 2 ** power, -(2 ** (power - 1))]
}
