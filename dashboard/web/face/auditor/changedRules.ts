/** A rule that differs between two sets; a line is kept, new, or gone. */
export interface ChangedRule {
  readonly name: string
  readonly what: "added" | "removed" | "changed"
  readonly lines: ReadonlyArray<{ readonly mark: " " | "+" | "-"; readonly text: string }>
}

type Rules = Readonly<Record<string, string>>

/** What a set of rules added, took away and rewrote, by name. */
export function changedRules(before: Rules, after: Rules): ReadonlyArray<ChangedRule> {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
  return names.flatMap((name): ReadonlyArray<ChangedRule> => {
    const [old, now] = [before[name], after[name]]
    if (old === now) return []
    const what = old === undefined ? "added" : now === undefined ? "removed" : "changed"
    return [{ name, what, lines: compareLines(old?.split("\n") ?? [], now?.split("\n") ?? []) }]
  })
}

/** The longest common lines stay; the rest is gone or new. */
function compareLines(old: ReadonlyArray<string>, now: ReadonlyArray<string>): ChangedRule["lines"] {
  const common = Array.from({ length: old.length + 1 }, () => new Uint32Array(now.length + 1))
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      common[i]![j] = old[i] === now[j] ? common[i + 1]![j + 1]! + 1 : Math.max(common[i + 1]![j]!, common[i]![j + 1]!)
    }
  }
  const lines: Array<ChangedRule["lines"][number]> = []
  let [i, j] = [0, 0]
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      lines.push({ mark: " ", text: old[i]! })
      i++
      j++
    } else if (j < now.length && (i === old.length || common[i]![j + 1]! >= common[i + 1]![j]!)) {
      lines.push({ mark: "+", text: now[j]! })
      j++
    } else {
      lines.push({ mark: "-", text: old[i]! })
      i++
    }
  }
  return lines
}
