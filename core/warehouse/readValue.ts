import { DuckDBTypeId, JsonDuckDBValueConverter } from "@duckdb/node-api"
import type { DuckDBValueConverter, Json } from "@duckdb/node-api"

/** What a cell becomes on our side: bigint only where a number would lose digits; days and instants as ISO text in UTC. */
export type Cell = Json | bigint

const integer: DuckDBValueConverter<Cell> = (value) => {
  const big = BigInt(value as bigint)
  const small = Number(big)
  return Number.isSafeInteger(small) ? small : big
}
const instant: DuckDBValueConverter<Cell> = (value) => `${String(value).replace(" ", "T").replace(/\+00$/, "")}Z`

const special = new Map<number, DuckDBValueConverter<Cell>>([
  [DuckDBTypeId.BIGINT, integer],
  [DuckDBTypeId.UBIGINT, integer],
  [DuckDBTypeId.HUGEINT, integer],
  [DuckDBTypeId.UHUGEINT, integer],
  [DuckDBTypeId.TIMESTAMP, instant],
  [DuckDBTypeId.TIMESTAMP_S, instant],
  [DuckDBTypeId.TIMESTAMP_MS, instant],
  [DuckDBTypeId.TIMESTAMP_NS, instant],
  [DuckDBTypeId.TIMESTAMP_TZ, instant],
  [DuckDBTypeId.DOUBLE, (value) => value as number],
  [DuckDBTypeId.FLOAT, (value) => value as number]
])

/** Converts one engine value; lists and structs follow the package's JSON rules. */
export const readValue: DuckDBValueConverter<Cell> = (value, type, converter) => {
  if (value === null) return null
  const own = special.get(type.typeId)
  return own === undefined
    ? (JsonDuckDBValueConverter as DuckDBValueConverter<Cell>)(value, type, converter)
    : own(value, type, converter)
}
