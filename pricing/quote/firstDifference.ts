/**
 * Finds the first place where two plain JSON values differ, keys in the order of `expected`.
 *
 * @returns  a dotted path, empty for the values themselves, or undefined if they are equal
 */
export function firstDifference(
  expected: unknown,
  found: unknown,
  path: ReadonlyArray<string> = []
): string | undefined {
  if (Object.is(expected, found)) return undefined
  if (!isContainer(expected) || !isContainer(found) || Array.isArray(expected) !== Array.isArray(found))
    return path.join(".")
  const keys = new Set([...Object.keys(expected), ...Object.keys(found)])
  for (const key of keys) {
    const difference = firstDifference(expected[key], found[key], [...path, key])
    if (difference !== undefined) return difference
  }
  return undefined
}

const isContainer = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null
