import type { Inspected } from "../../../api/steward/Inspected.ts"

type Stream = Inspected["streams"][number]

/** What the form of a stream declares, as a source file writes it. */
export function declaredStream(
  found: Stream,
  form: FormData,
  money: ReadonlySet<string>
): Readonly<Record<string, unknown>> {
  const said = (name: string): string => String(form.get(name) ?? "").trim()
  const chosen = (prefix: string): ReadonlyArray<readonly [column: string, value: string]> =>
    found.columns.flatMap(({ name }) => {
      const value = said(`${prefix}:${name}`)
      return value === "" ? [] : [[name, value] as const]
    })
  const time = found.columns.find(({ name }) => name === said("time"))
  const markers = [...new Set(found.columns.flatMap(({ markers: own }) => Object.keys(own)))]
  const [as, purpose, expires, currency] = [said("as"), said("purpose"), said("expires"), said("currency")]
  const key = JSON.parse(said("key")) as ReadonlyArray<string>
  const mapping = (column: string, field: string): unknown => {
    const format = found.columns.find(({ name, type }) => name === column && type === "time")?.format
    if (money.has(field) && currency !== "") return { from: column, currency }
    return format === undefined ? column : { from: column, format }
  }
  return {
    stream: found.stream,
    path: found.file,
    options: {
      ...(found.delimiter === undefined ? {} : { delimiter: found.delimiter }),
      ...(found.header === undefined ? {} : { header: found.header }),
      ...(found.format === "delimited" ? { encoding: found.encoding } : {}),
      null: ["", ...markers]
    },
    ...(key.length === 0 ? {} : { key }),
    ...(time === undefined
      ? {}
      : { time: { field: time.name, ...(time.format === undefined ? {} : { format: time.format }) } }),
    ...(said("subject") === "" ? {} : { subject: said("subject") }),
    licence: {
      basis: said("basis"),
      actions: ["store", "derive", "aggregate", "share", "sell"],
      purposes: [purpose],
      recipients: ["internal", "third-party"],
      ...(expires === "" ? {} : { expires }),
      evidence: said("evidence")
    },
    categories: Object.fromEntries(chosen("category")),
    ...(as === ""
      ? {}
      : { as, fields: Object.fromEntries(chosen("map").map(([column, field]) => [field, mapping(column, field)])) })
  }
}
