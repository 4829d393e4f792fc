import {
  Bool,
  DateDay,
  Dictionary,
  Float64,
  Int32,
  Int64,
  TimestampMicrosecond,
  Utf8,
  makeData,
  vectorFromArray
} from "apache-arrow"
import type { Data, DataType } from "apache-arrow"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"

/** How many engine columns a kind of column comes in, after its flag of being there. */
type Kind = "double" | "integer" | "long" | "date" | "timestamp" | "boolean" | "text"

const kinds: ReadonlyArray<readonly [RegExp, Kind]> = [
  [/^(DOUBLE|FLOAT)$/, "double"],
  [/^(TINYINT|SMALLINT|INTEGER|UTINYINT|USMALLINT)$/, "integer"],
  [/^(BIGINT|UINTEGER)$/, "long"],
  [/^DATE$/, "date"],
  [/^TIMESTAMP/, "timestamp"],
  [/^BOOLEAN$/, "boolean"]
]

/** A column on its way from the engine to Arrow: what the statement selects for it, and how a batch of that becomes Arrow's data. */
export interface ArrowColumn {
  readonly name: string
  readonly type: DataType
  /** Expressions of type INTEGER or DOUBLE without null: whether the value is there if that is in doubt, then its parts. */
  readonly sql: ReadonlyArray<string>
  /** Of a batch of `rows`, from the engine's columns in the order of `sql`. */
  data(parts: ReadonlyArray<Int32Array | Float64Array>, rows: number): Data
}

/** Kinds that are not listed are written as text. */
export const kindOf = (type: string): Kind => kinds.find(([form]) => form.test(type))?.[1] ?? "text"

/**
 * A column of a kind.
 *
 * @param values    the distinct texts of a text column, in the order of their codes
 * @param hasNulls  false where it is known to have none: then nothing is asked about it
 */
export function arrowColumn(name: string, kind: Kind, values: ReadonlyArray<string>, hasNulls: boolean): ArrowColumn {
  const { type, sql, data } = shapeOf(quoteIdentifier(name), kind, quoteIdentifier(`text_${name}`))
  const there = hasNulls ? [`(${quoteIdentifier(name)} is not null)::integer`] : []
  const dictionary = kind === "text" ? { dictionary: vectorFromArray(values, new Utf8()) } : {}
  return {
    name,
    type,
    sql: [...there, ...sql],
    data: (parts, rows) => {
      const given = data(parts.slice(there.length), rows)
      const nulls = hasNulls ? bitmap(parts[0]!, rows) : undefined
      const found = nulls === undefined || nulls.set === rows ? 0 : rows - nulls.set
      return makeData({
        type,
        length: rows,
        nullCount: found,
        nullBitmap: found === 0 ? null : nulls!.bits,
        data: given,
        ...dictionary
      } as never)
    }
  }
}

interface Shape {
  readonly type: DataType
  readonly sql: ReadonlyArray<string>
  data(parts: Parts, rows: number): Int32Array | Float64Array | BigInt64Array | Uint8Array
}

const copied: Shape["data"] = ([part], rows) => part!.slice(0, rows)

function shapeOf(column: string, kind: Kind, texts: string): Shape {
  switch (kind) {
    case "double":
      return { type: new Float64(), sql: [`coalesce(${column}, 0)::double`], data: copied }
    case "integer":
      return { type: new Int32(), sql: [`coalesce(${column}, 0)::integer`], data: copied }
    case "date":
      return { type: new DateDay(), sql: [`coalesce(${column} - date '1970-01-01', 0)::integer`], data: copied }
    case "long":
      return { type: new Int64(), sql: halves(`${column}::bigint`), data: joined }
    case "timestamp":
      return { type: new TimestampMicrosecond("UTC"), sql: halves(`epoch_us(${column})`), data: joined }
    case "boolean":
      return {
        type: new Bool(),
        sql: [`coalesce(${column}, false)::integer`],
        data: ([flags], rows) => bitmap(flags!, rows).bits
      }
    case "text":
      return {
        type: new Dictionary(new Utf8(), new Int32()),
        sql: [`coalesce(enum_code(${column}::varchar::${texts}), 0)::integer`],
        data: copied
      }
  }
}

/** The low and the high half of 64 bits, each as a signed integer. */
const halves = (whole: string): ReadonlyArray<string> => [
  `coalesce(xor((${whole}) & 4294967295, 2147483648) - 2147483648, 0)::integer`,
  `coalesce((${whole}) >> 32, 0)::integer`
]

type Parts = ReadonlyArray<Int32Array | Float64Array>

/** The 64-bit numbers of low and high halves. */
function joined([low, high]: Parts, rows: number): BigInt64Array {
  const halves = new Int32Array(rows * 2)
  for (let i = 0; i < rows; i++) {
    halves[2 * i] = low![i]!
    halves[2 * i + 1] = high![i]!
  }
  return new BigInt64Array(halves.buffer)
}

/** Arrow's bitmap of flags, padded to whole bytes, and how many are set. */
function bitmap(flags: Int32Array | Float64Array, rows: number): { readonly bits: Uint8Array; readonly set: number } {
  const bits = new Uint8Array((rows + 7) >> 3)
  let set = 0
  for (let i = 0; i < rows; i++) {
    const flag = flags[i]!
    bits[i >> 3]! |= flag << (i & 7)
    set += flag
  }
  return { bits, set }
}
