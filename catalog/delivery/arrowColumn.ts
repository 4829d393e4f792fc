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
import type { Data, DataType, Vector } from "apache-arrow"
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
  readonly kind: Kind
  readonly type: DataType
  /** Expressions of type INTEGER or DOUBLE without null: whether the value is there, then its parts. */
  readonly sql: ReadonlyArray<string>
  /** Of a batch of `rows`, from the engine's columns in the order of `sql`. */
  data(parts: ReadonlyArray<Int32Array | Float64Array>, rows: number): Data
}

/** Kinds that are not listed are written as text. */
export const kindOf = (type: string): Kind => kinds.find(([form]) => form.test(type))?.[1] ?? "text"

/**
 * A column of a kind.
 *
 * @param values  the distinct texts of a text column, in the order of their codes
 */
export function arrowColumn(name: string, kind: Kind, values: ReadonlyArray<string>): ArrowColumn {
  const column = quoteIdentifier(name)
  const there = `(${column} is not null)::integer`
  const whole = (expression: string): ReadonlyArray<string> => [
    // The halves of 64 bits, each as a signed integer: no number is wider than its column in between.
    `coalesce(((${expression}) & 4294967295) - case when ((${expression}) & 2147483648) = 0 then 0 else 4294967296 end, 0)::integer`,
    `coalesce((${expression}) >> 32, 0)::integer`
  ]
  const made = (
    type: DataType,
    sql: ReadonlyArray<string>,
    data: (parts: Parts, rows: number) => ArrayLike
  ): ArrowColumn => ({
    name,
    kind,
    type,
    sql: [there, ...sql],
    data: ([flags, ...parts], rows) => {
      const { bits, nulls } = validity(flags!, rows)
      const given = data(parts, rows)
      const dictionary = kind === "text" ? { dictionary: dictionaryOf(values) } : {}
      return makeData({
        type,
        length: rows,
        nullCount: nulls,
        nullBitmap: nulls === 0 ? null : bits,
        data: given,
        ...dictionary
      } as never)
    }
  })
  switch (kind) {
    case "double":
      return made(new Float64(), [`coalesce(${column}, 0)::double`], ([values64], rows) => values64!.slice(0, rows))
    case "integer":
      return made(new Int32(), [`coalesce(${column}, 0)::integer`], ([ints], rows) => ints!.slice(0, rows))
    case "date":
      return made(new DateDay(), [`coalesce(${column} - date '1970-01-01', 0)::integer`], ([days], rows) =>
        days!.slice(0, rows)
      )
    case "long":
      return made(new Int64(), whole(`${column}::bigint`), joined)
    case "timestamp":
      return made(new TimestampMicrosecond("UTC"), whole(`epoch_us(${column})`), joined)
    case "boolean":
      return made(new Bool(), [`coalesce(${column}, false)::integer`], ([flags], rows) => validity(flags!, rows).bits)
    case "text":
      return made(
        new Dictionary(new Utf8(), new Int32()),
        [`coalesce(enum_code(${column}::varchar::${quoteIdentifier(`text_${name}`)}), 0)::integer`],
        ([codes], rows) => codes!.slice(0, rows)
      )
  }
}

type Parts = ReadonlyArray<Int32Array | Float64Array>
type ArrayLike = Int32Array | Float64Array | BigInt64Array | Uint8Array

const dictionaries = new WeakMap<ReadonlyArray<string>, Vector>()
function dictionaryOf(values: ReadonlyArray<string>): Vector {
  let found = dictionaries.get(values)
  if (found === undefined) {
    found = vectorFromArray(values, new Utf8())
    dictionaries.set(values, found)
  }
  return found
}

/** The 64-bit numbers of low and high halves. */
function joined([low, high]: Parts, rows: number): BigInt64Array {
  const halves = new Int32Array(rows * 2)
  for (let i = 0; i < rows; i++) {
    halves[2 * i] = low![i]!
    halves[2 * i + 1] = high![i]!
  }
  return new BigInt64Array(halves.buffer)
}

/** Arrow's bitmap of flags, padded to whole bytes, and how many are not set. */
function validity(
  flags: Int32Array | Float64Array,
  rows: number
): { readonly bits: Uint8Array; readonly nulls: number } {
  const bits = new Uint8Array((rows + 7) >> 3)
  let set = 0
  for (let i = 0; i < rows; i++)
    if (flags[i] === 1) {
      bits[i >> 3]! |= 1 << (i & 7)
      set += 1
    }
  return { bits, nulls: rows - set }
}
