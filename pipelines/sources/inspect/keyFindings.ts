import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import type { Session } from "#core/warehouse/Session.ts"
import { Effect } from "effect"
import type { ColumnFindings, StreamFindings } from "./Inspection.ts"

const nearly = 0.999
const mostFields = 8
const longestKey = 100
const fewRows = 50

/** Fields, alone or in pairs, that tell all rows apart or nearly all. A pair is tried only where no single field does. */
export const keyFindings = Effect.fnUntraced(function* (
  session: Session,
  relation: string,
  rows: number,
  columns: ReadonlyArray<ColumnFindings>
) {
  const found: { keys: Array<ReadonlyArray<string>>; nearKeys: Array<StreamFindings["nearKeys"][number]> } = {
    keys: [],
    nearKeys: []
  }
  if (rows < 2) return found
  // A measured quantity, a sentence or, in a short table, any column may be unique by chance and is no key.
  const usable = columns.filter(
    (column, i) =>
      column.missing === 0 &&
      column.type !== "decimal" &&
      column.type !== "time" &&
      column.longest <= longestKey &&
      (rows >= fewRows || i === 0 || score(column) > 0)
  )
  const judge = Effect.fnUntraced(function* (fields: ReadonlyArray<string>) {
    const names = fields.map((field) => quoteIdentifier(field)).join(", ")
    const [counted] = yield* session.query<{ groups: number; doubled: number }>(
      `select count(*) as groups, count(*) filter (where n > 1) as doubled ` +
        `from (select count(*) as n from ${relation} group by ${names})`
    )
    if (counted!.doubled === 0) found.keys.push(fields)
    else if (counted!.groups >= rows * nearly && !found.nearKeys.some((near) => fields.includes(near.fields[0]!)))
      found.nearKeys.push({ fields, doubled: counted!.doubled })
  })
  const likely = [...usable].sort((a, b) => score(b) - score(a))
  for (const column of likely.filter((column) => column.distinct >= rows * nearly).slice(0, mostFields)) {
    yield* judge([column.name])
  }
  if (found.keys.length > 0) return found
  const parts = likely.filter((column) => column.type === "integer" || score(column) > 0).slice(0, mostFields)
  for (const [i, first] of parts.entries()) {
    for (const second of parts.slice(i + 1)) {
      if (first.distinct * second.distinct >= rows * nearly) yield* judge([first.name, second.name])
    }
  }
  found.nearKeys.sort((a, b) => a.fields.length - b.fields.length || a.doubled - b.doubled)
  return found
})

/** How much a field's name looks like that of a key. */
function score({ name, leadingZeros }: ColumnFindings): number {
  if (/(^|_)(id|key|no|number|code|uuid|guid)$/i.test(name) || /Id$|ID$|编号$/.test(name)) return 3
  return /(^|_)(count|seq|sequential|index|line|item|version)(_|$)/i.test(name) ? 2 : leadingZeros > 0 ? 1 : 0
}
