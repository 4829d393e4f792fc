import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"

export interface StoredColumn {
  readonly name: string
  readonly generation: number
}

/** The canonical text of a row in SQL; columns that the relation does not have read as null. */
export function canonicalText(stored: ReadonlyArray<StoredColumn>, present: ReadonlySet<string>): string {
  const sorted = [...stored].sort((a, b) => a.generation - b.generation || (a.name < b.name ? -1 : 1))
  const cell = ({ name }: StoredColumn): string => (present.has(name.toLowerCase()) ? quoteIdentifier(name) : "null")
  const upTo = (generation: number): string =>
    `json_array(${sorted
      .filter((column) => column.generation <= generation)
      .map(cell)
      .join(", ")})::varchar`
  const last = sorted.at(-1)?.generation ?? 1
  const cases: Array<string> = []
  for (let generation = 1; generation < last; generation++) {
    const later = sorted.filter((column) => column.generation > generation && present.has(column.name.toLowerCase()))
    const empty = later.map((column) => `${quoteIdentifier(column.name)} is null`)
    cases.push(`when ${empty.length === 0 ? "true" : empty.join(" and ")} then ${upTo(generation)}`)
  }
  return cases.length === 0 ? upTo(last) : `case ${cases.join(" ")} else ${upTo(last)} end`
}
