import { Effect } from "effect"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import type { Params, Session } from "#core/warehouse/Session.ts"
import type { BoundAsset } from "./BoundAsset.ts"

/** A test on an asset's columns that at least some rows of interest pass; written out, so that a scan can use it. */
export interface KeyTest {
  readonly sql: string
  readonly params: Params
}

/** With more rows than this a test costs more than it saves. */
export const mostTested = 64

const plain = /^(?:BOOLEAN|U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?|DECIMAL.*|VARCHAR|DATE|TIME|TIMESTAMP.*|UUID)$/

/**
 * The columns that a row is known by whatever else its group holds: in a statement that folds, those that hand a value on as it is; `count(*)`,
 * which is made from no column, is none of them.
 */
export const keyColumns = ({
  columns,
  lineage,
  record
}: BoundAsset): ReadonlyArray<{ readonly name: string; readonly type: string }> =>
  columns.filter(({ name, type }) => {
    const sources = lineage.columns[name]
    if (!plain.test(type) || sources === undefined) return false
    const ways = Object.values(sources.direct)
    return (
      record === "row_preserving" ||
      (ways.length > 0 && ways.every((how) => how === "IDENTITY") && Object.keys(sources.indirect).length === 0)
    )
  })

/**
 * The test that the rows of a query pass, by their key columns; undefined if there are too many rows or no such columns.
 *
 * @param label  keeps the names of its parameters apart from those of other tests
 */
export const keyTest = Effect.fnUntraced(function* (
  session: Session,
  asset: BoundAsset,
  label: string,
  rows: string,
  params: Params
) {
  const keys = keyColumns(asset)
  if (keys.length === 0) return undefined
  const texts = keys.map(({ name }, i) => `${quoteIdentifier(name)}::varchar as k${i}`)
  const found = yield* session.columns(
    `select distinct ${texts.join(", ")} from (${rows}) as _rows limit ${mostTested + 1}`,
    params
  )
  if (found.length > mostTested) return undefined
  if (found.length === 0) return { sql: "false", params: {} } satisfies KeyTest as KeyTest
  const bound: Record<string, string> = {}
  const tests = keys.map(({ name, type }, i) => {
    const values = [...new Set(found.values[`k${i}`] as ReadonlyArray<string | null>)]
    const some = values.filter((value) => value !== null)
    const typed = some.map((value, j) => {
      bound[`${label}_${i}_${j}`] = value
      return `$${label}_${i}_${j}::${type}`
    })
    const column = quoteIdentifier(name)
    const among =
      typed.length === 0
        ? "false"
        : typed.length === 1
          ? `${column} = ${typed[0]}`
          : `${column} in (${typed.join(", ")})`
    return some.length === values.length ? among : `(${among} or ${column} is null)`
  })
  return { sql: tests.join(" and "), params: bound } satisfies KeyTest as KeyTest
})
