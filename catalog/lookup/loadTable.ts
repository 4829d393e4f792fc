import { Effect, FileSystem, Path } from "effect"
import { Home } from "#core/home/Home.ts"
import { Refused } from "#core/Refused.ts"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import type { Cell } from "#core/warehouse/readValue.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { copyFromShelf } from "../delivery/copyFromShelf.ts"
import type { LookupCell, LookupTable } from "./LookupTable.ts"

/** Tables of more cells are files to be delivered, not tables to be asked. */
const mostCells = 4_000_000

/**
 * Reads an artefact off the shelf into memory, after its bytes were checked, and indexes its key columns.
 *
 * @param keys  names of the columns that may be looked up by
 */
export const loadTable = Effect.fn("loadTable")(function* (artefact: string, keys: ReadonlyArray<string>) {
  const files = yield* FileSystem.FileSystem
  const paths = yield* Path.Path
  const { tmp } = yield* Home
  const folder = yield* files.makeTempDirectoryScoped({ directory: tmp, prefix: "lookup-" })
  const parquet = paths.join(folder, "version.parquet")
  yield* copyFromShelf(artefact, parquet)
  return yield* read(parquet, keys).pipe(
    Effect.provide(Warehouse.layer({ path: ":memory:", spill: "", directories: [folder], memory: "1GB", threads: 1 }))
  )
}, Effect.scoped)

const read = Effect.fnUntraced(function* (parquet: string, keys: ReadonlyArray<string>) {
  const engine = yield* Warehouse
  const described = yield* engine.query<{ column_name: string; column_type: string }>(
    "describe select * from read_parquet($parquet)",
    { parquet }
  )
  const [count] = yield* engine.query<{ n: number }>("select count(*) as n from read_parquet($parquet)", { parquet })
  if (count!.n * described.length > mostCells) return yield* tooLarge(count!.n)
  const columns = described.map(({ column_name: name, column_type: type }) => ({ name, type }))
  const list = columns.map(({ name, type }) => {
    const column = quoteIdentifier(name)
    return isPlain(type) ? column : `cast(${column} as varchar) as ${column}`
  })
  const table = yield* engine.columns(`select ${list.join(", ")} from read_parquet($parquet)`, { parquet })
  const values = Object.fromEntries(columns.map(({ name }) => [name, table.values[name]!.map(plainCell)]))
  const index = new Map(
    columns.filter(({ name }) => keys.includes(name)).map(({ name }) => [name, indexOf(values[name]!)] as const)
  )
  return { columns, values, length: table.length, index } satisfies LookupTable as LookupTable
})

const isPlain = (type: string): boolean => /^(U?(TINY|SMALL|BIG)INT|U?INTEGER|DOUBLE|FLOAT|BOOLEAN|VARCHAR)$/.test(type)

const plainCell = (cell: Cell): LookupCell =>
  typeof cell === "bigint"
    ? Number.isSafeInteger(Number(cell))
      ? Number(cell)
      : String(cell)
    : cell === null || typeof cell === "string" || typeof cell === "boolean"
      ? cell
      : typeof cell === "number" && Number.isFinite(cell)
        ? cell
        : null

/** Missing values are in no index: nothing looks them up. */
function indexOf(cells: ReadonlyArray<LookupCell>): ReadonlyMap<string, Int32Array> {
  const rows = new Map<string, Array<number>>()
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i]
    if (cell === null || cell === undefined) continue
    const text = String(cell)
    const own = rows.get(text)
    if (own === undefined) rows.set(text, [i])
    else own.push(i)
  }
  return new Map([...rows].map(([text, own]) => [text, Int32Array.from(own)]))
}

const tooLarge = (rows: number): Refused =>
  new Refused({
    code: "lookup.size",
    message: `The version has ${rows.toLocaleString("en")} rows, which are too many to be looked up one by one.`,
    fix: "Have it delivered as a file, or read it through Delta Sharing."
  })
