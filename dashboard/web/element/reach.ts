interface Edge {
  readonly from: string
  readonly to: string
}

/** A node with everything it is made from and everything made of it. */
export function reach(key: string, edges: ReadonlyArray<Edge>): ReadonlySet<string> {
  const found = new Set([key])
  const walk = (start: string, next: (edge: Edge, at: string) => string | undefined): void => {
    const open = [start]
    const seen = new Set(open)
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      for (const edge of edges) {
        const to = next(edge, at)
        if (to === undefined || seen.has(to)) continue
        seen.add(to)
        found.add(to)
        open.push(to)
      }
    }
  }
  walk(key, (edge, at) => (edge.to === at ? edge.from : undefined))
  walk(key, (edge, at) => (edge.from === at ? edge.to : undefined))
  return found
}
