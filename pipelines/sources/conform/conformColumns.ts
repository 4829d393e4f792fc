import { quoteText } from "#core/warehouse/quoteText.ts"
import { model } from "#pipelines/assets/core/model.ts"
import type { FieldMapping, StreamSpec } from "../SourceSpec.ts"
import { castMoney } from "./castMoney.ts"
import { castText } from "./castText.ts"
import { castTime } from "./castTime.ts"
import { castWhole } from "./castWhole.ts"

/** One column of a conformed stream: its name, its SQL, and the text it was cast from when the cast can fail. */
export interface ConformColumn {
  readonly name: string
  readonly sql: string
  readonly from?: string
}

/** The columns that a stream yields, in the order of the canonical model or, without `as`, of its raw table. */
export function conformColumns(stream: StreamSpec, rawColumns: ReadonlyArray<string>): ReadonlyArray<ConformColumn> {
  return stream.as === undefined ? ownColumns(stream, rawColumns) : canonicalColumns(stream, stream.as)
}

/** SQL of the text that names the subject of a raw row. */
export const subjectOf = (stream: StreamSpec): string =>
  stream.subject === undefined ? "null::varchar" : castText(stream.subject, missingOf(stream))
const missingOf = (stream: StreamSpec): ReadonlyArray<string> => stream.options?.null ?? []

interface Mapped {
  readonly from: string
  readonly currency?: string
  readonly format?: string
}
const mapped = (mapping: FieldMapping): Mapped => (typeof mapping === "string" ? { from: mapping } : mapping)

function canonicalColumns(stream: StreamSpec, as: keyof typeof model): ReadonlyArray<ConformColumn> {
  const { columns, time } = model[as]
  const fields = stream.fields ?? {}
  const text = (field: string): string => castText(field, missingOf(stream))
  const currencyField = fields["currency"]
  const declared = Object.values(fields)
    .map(mapped)
    .find((mapping) => mapping.currency !== undefined)?.currency
  const currency =
    currencyField !== undefined
      ? text(mapped(currencyField).from)
      : declared === undefined
        ? "null::varchar"
        : `${quoteText(declared)}::varchar`
  return columns.map(({ name, type }): ConformColumn => {
    if (name === "subject_id") return { name, sql: subjectOf(stream) }
    if (name === "currency") return { name, sql: currency }
    const money = name.endsWith("_minor")
    const mapping = fields[money ? name.slice(0, -"_minor".length) : name]
    if (mapping === undefined) {
      return name === time && stream.time !== undefined
        ? { name, ...timeOf(stream, { from: stream.time.field }) }
        : { name, sql: `null::${type.toLowerCase()}` }
    }
    const from = text(mapped(mapping).from)
    if (money) {
      const own = mapped(mapping).currency
      return { name, sql: castMoney(from, own === undefined ? currency : quoteText(own)), from }
    }
    if (type === "TIMESTAMP") return { name, ...timeOf(stream, mapped(mapping)) }
    return type === "BIGINT" ? { name, sql: castWhole(from), from } : { name, sql: from }
  })
}

/** A time field; the format of the stream's `time` serves every mapping of the same field. */
function timeOf(stream: StreamSpec, mapping: Mapped): { readonly sql: string; readonly from: string } {
  const from = castText(mapping.from, missingOf(stream))
  const shared = stream.time?.field === mapping.from ? stream.time.format : undefined
  return { sql: castTime(from, mapping.format ?? shared), from }
}

function ownColumns(stream: StreamSpec, rawColumns: ReadonlyArray<string>): ReadonlyArray<ConformColumn> {
  const text = (field: string): string => castText(field, missingOf(stream))
  const fields = Object.entries(stream.fields ?? {}).map(([name, mapping]) => [name, mapped(mapping)] as const)
  const ours: ReadonlyArray<ConformColumn> = [
    { name: "subject_id", sql: subjectOf(stream) },
    ...(stream.time === undefined ? [] : [{ name: "occurred_at", ...timeOf(stream, { from: stream.time.field }) }])
  ]
  const typed = fields.flatMap(([name, mapping]): ReadonlyArray<ConformColumn> => {
    const from = text(mapping.from)
    if (mapping.currency !== undefined) {
      const code = quoteText(mapping.currency)
      return [
        { name: `${name}_minor`, sql: castMoney(from, code), from },
        { name: `${name}_currency`, sql: `${code}::varchar` }
      ]
    }
    if (mapping.format === "integer") return [{ name, sql: castWhole(from), from }]
    return [mapping.format === undefined ? { name, sql: from } : { name, ...timeOf(stream, mapping) }]
  })
  const replaced = new Set(fields.map(([, mapping]) => mapping.from.toLowerCase()))
  const taken = new Set([...ours, ...typed].map((column) => column.name.toLowerCase()))
  const rest = rawColumns
    .filter((name) => !/^_(event_id|batch|ingested_at|lic|subj|file)$/i.test(name) && !replaced.has(name.toLowerCase()))
    .map((field): ConformColumn => {
      let name = field
      for (let n = 1; taken.has(name.toLowerCase()); n++) name = `${field}_${n}`
      taken.add(name.toLowerCase())
      return { name, sql: text(field) }
    })
  return [...ours, ...typed, ...rest]
}
