/** Weights 1 / rank of a Zipf law over n items; `flatten` is added to each rank, so a large one evens them out. */
export function zipf(n: number, flatten = 0): ReadonlyArray<number> {
  return Array.from({ length: n }, (_, i) => 1 / (i + 1 + flatten))
}
