import type { Inspected } from "../../../api/steward/Inspected.ts"

type Stream = Inspected["streams"][number]

/** What the form of a stream declares, as a source file writes it. */
export function declaredStream(found: Stream, form: FormData): Readonly<Record<string, unknown>> {
  const said = (name: string): string => String(form.get(name) ?? "").trim()
  const chosen = (prefix: string): ReadonlyArray<readonly [column: string, value: string]> =>
    found.columns.flatMap(({ name }) => {
      const value = said(`${prefix}:${name}`)
      return value === "" ? [] : [[name, value] as const]
    })
  const time = found.columns.find(({ name }) => name === said("time"))
  const markers = [...new Set(found.columns.flatMap(({ markers: own }) => Object.keys(own)))]
  const [as, purpose, expires] = [said("as"), said("purpose"), said("expires")]
  return {
    stream: found.stream,
    path: found.file,
    options: {
      ...(found.delimiter === undefined ? {} : { delimiter: found.delimiter }),
      ...(found.header === undefined ? {} : { header: found.header }),
      ...(found.format === "delimited" ? { encoding: found.encoding } : {}),
      null: ["", ...markers]
    },
    ...(said("key") === "" ? {} : { key: [said("key")] }),
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
    ...(as === "" ? {} : { as, fields: Object.fromEntries(chosen("map").map(([column, field]) => [field, column])) })
  }
}
