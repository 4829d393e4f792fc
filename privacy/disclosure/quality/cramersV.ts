/**
 * How strongly two columns go together, 0..1, from their shares in row-major order; 0 where a column has one value only.
 *
 * @source Cramer 1946
 */
export function cramersV(shares: Float64Array, height: number, width: number): number {
  const [down, across] = [new Float64Array(height), new Float64Array(width)]
  for (let i = 0; i < height; i++) {
    for (let j = 0; j < width; j++) {
      down[i]! += shares[i * width + j]!
      across[j]! += shares[i * width + j]!
    }
  }
  let chi = 0
  for (let i = 0; i < height; i++) {
    for (let j = 0; j < width; j++) {
      const expected = down[i]! * across[j]!
      if (expected > 0) chi += (shares[i * width + j]! - expected) ** 2 / expected
    }
  }
  const least = Math.min(down.filter(Boolean).length, across.filter(Boolean).length)
  return least < 2 ? 0 : Math.min(1, Math.sqrt(chi / (least - 1)))
}
