/** The parameters of an address that fits a pattern such as `/products/:id`; undefined if it does not. */
export function matchPath(pattern: string, path: string): Readonly<Record<string, string>> | undefined {
  const wanted = pattern.split("/")
  const given = path.replace(/(.)\/$/, "$1").split("/")
  if (wanted.length !== given.length) return undefined
  const found: Record<string, string> = {}
  for (let i = 0; i < wanted.length; i++) {
    if (wanted[i]!.startsWith(":")) {
      try {
        found[wanted[i]!.slice(1)] = decodeURIComponent(given[i]!)
      } catch {
        return undefined
      }
    } else if (wanted[i] !== given[i]) return undefined
  }
  return found
}
