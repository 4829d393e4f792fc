type Tree = ReadonlyArray<unknown> | { readonly [field: string]: unknown }

/** The tree with the value at a path; undefined takes the field away. Nothing else of it is copied. */
export function setIn<A>(tree: A, path: ReadonlyArray<string | number>, value: unknown): A {
  const [first, ...rest] = path
  if (first === undefined) return value as A
  const inner = (tree as Record<string | number, unknown> | undefined)?.[first]
  const next = rest.length === 0 ? value : setIn(inner as Tree, rest, value)
  if (Array.isArray(tree)) {
    const copy = [...(tree as ReadonlyArray<unknown>)]
    if (next === undefined) copy.splice(Number(first), 1)
    else copy[Number(first)] = next
    return copy as A
  }
  const others = { ...((tree ?? {}) as Record<string | number, unknown>) }
  delete others[first]
  // Fields keep their places, so that the file reads as it did.
  return (
    next === undefined
      ? others
      : first in ((tree ?? {}) as object)
        ? { ...(tree as object), [first]: next }
        : { ...others, [first]: next }
  ) as A
}
