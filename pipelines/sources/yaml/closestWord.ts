/** The known word that a mistyped one most likely meant, or undefined when none is near (more than a third of it differs). */
export function closestWord(typed: string, known: ReadonlyArray<string>): string | undefined {
  let best: string | undefined
  let fewest = Infinity
  for (const word of known) {
    const edits = editDistance(typed.toLowerCase(), word.toLowerCase())
    if (edits < fewest) {
      fewest = edits
      best = word
    }
  }
  return best !== undefined && fewest <= Math.max(1, Math.ceil(best.length / 3)) ? best : undefined
}

/** Edits between two words where swapping two neighbours counts once, since that is how people mistype. */
function editDistance(a: string, b: string): number {
  let older: Array<number> = []
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const current = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let cost = Math.min(previous[j]! + 1, current[j - 1]! + 1, previous[j - 1]! + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, older[j - 2]! + 1)
      current.push(cost)
    }
    older = previous
    previous = current
  }
  return previous[b.length]!
}
