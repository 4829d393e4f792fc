type Path = ReadonlyArray<string>

/** Where texts stand in a document, as paths of names and places. */
const of = (document: unknown, path: Path = []): ReadonlyArray<Path> =>
  typeof document === "string"
    ? [path]
    : typeof document === "object" && document !== null
      ? Object.entries(document).flatMap(([name, one]) => of(one, [...path, name]))
      : []

/** The document with another text in one place. */
function replaced(document: unknown, [name, ...rest]: Path, text: string): unknown {
  if (name === undefined) return text
  if (Array.isArray(document)) return document.map((one, i) => (String(i) === name ? replaced(one, rest, text) : one))
  return { ...(document as object), [name]: replaced((document as Record<string, unknown>)[name], rest, text) }
}

export const leaves = { of, replaced }
