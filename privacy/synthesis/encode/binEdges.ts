/**
 * Edges of bins over lower..upper (grid steps, both inclusive): at most `bins` of equal width, cut again wherever a rule speaks of
 * a threshold, so that a bin lies wholly on one side of it.
 * @param inner  edges to use instead of those of equal width
 * @returns      rising, from `lower` to `upper + 1`
 */
export function binEdges(
  lower: number,
  upper: number,
  bins: number,
  cuts: ReadonlyArray<number>,
  inner?: ReadonlyArray<number>
): ReadonlyArray<number> {
  const width = upper - lower + 1
  const count = Math.min(bins, width)
  const even = Array.from({ length: count - 1 }, (_, i) => lower + Math.floor(((i + 1) * width) / count))
  const edges = new Set([lower, upper + 1])
  for (const edge of [...(inner ?? even), ...cuts]) if (edge > lower && edge <= upper) edges.add(edge)
  return [...edges].sort((a, b) => a - b)
}
