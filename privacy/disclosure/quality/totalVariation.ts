/** Half the sum of differences of two laws on the same cells: 0 when equal, 1 when they share no cell. */
export function totalVariation(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += Math.abs(a[i]! - b[i]!)
  return sum / 2
}
