import type { ColumnFindings, StreamFindings } from "./Inspection.ts"

/** The text of a source file for what was found; a remark stands wherever a person has to decide. */
export function proposal(source: string, root: string, streams: ReadonlyArray<StreamFindings>): string {
  return [
    "# Proposed by `assay source inspect`. Lines with CHECK need a decision; licence and categories are yours to declare.",
    `source: ${source}`,
    "kind: files",
    `root: ${JSON.stringify(root)}`,
    "streams:",
    ...streams.flatMap(streamLines),
    ""
  ].join("\n")
}

function streamLines(found: StreamFindings): ReadonlyArray<string> {
  const time = timeColumn(found.columns)
  const key = found.keys[0] ?? found.nearKeys[0]?.fields
  const subjects = found.columns.filter(looksLikeSubject).map((column) => column.name)
  return [
    "",
    `  # ${found.rows} rows, ${found.columns.length} fields`,
    ...remarks(found).map((remark) => `  # ${remark}`),
    `  - stream: ${found.stream}`,
    `    path: ${JSON.stringify(found.file)}`,
    `    options: { ${optionsOf(found).join(", ")} }`,
    ...(key === undefined
      ? []
      : [
          `    key: [${key.map((field) => JSON.stringify(field)).join(", ")}]${found.keys.length === 0 ? " # CHECK: not quite unique" : ""}`
        ]),
    ...(time === undefined
      ? []
      : [
          `    time: { field: ${JSON.stringify(time.name)}, format: ${JSON.stringify(time.format)} }` +
            (time.ambiguous?.decided === false ? " # CHECK: day and month cannot be told apart" : "")
        ]),
    ...(subjects.length === 0
      ? []
      : [`    # CHECK subject: the field that names the customer, perhaps ${subjects.join(" or ")}`])
  ]
}

function optionsOf(found: StreamFindings): ReadonlyArray<string> {
  const markers = [...new Set(found.columns.flatMap((column) => Object.keys(column.markers)))]
  return [
    ...(found.delimiter === undefined ? [] : [`delimiter: ${JSON.stringify(found.delimiter)}`]),
    ...(found.header === undefined ? [] : [`header: ${found.header}`]),
    `encoding: ${found.encoding}`,
    `null: [${["", ...markers].map((marker) => JSON.stringify(marker)).join(", ")}]`
  ]
}

function remarks(found: StreamFindings): ReadonlyArray<string> {
  const lines: Array<string> = []
  const note = (count: number, what: string): void => {
    if (count > 0) lines.push(`${count} ${what}`)
  }
  note(found.badRows, "rows cannot be taken and would be quarantined")
  note(found.duplicateRows, "rows repeat another one exactly")
  note(found.multilineRows, "rows have line ends inside a field")
  if (found.lineEnds === "crlf" || found.lineEnds === "mixed") lines.push(`line ends: ${found.lineEnds}`)
  for (const name of found.doubledHeaders) lines.push(`the header has ${JSON.stringify(name)} twice`)
  for (const { fields, doubled } of found.nearKeys.slice(0, 2)) {
    lines.push(`${fields.join(" + ")}: ${doubled} ${doubled === 1 ? "value is" : "values are"} doubled`)
  }
  for (const column of found.columns) {
    const facts = columnRemarks(column)
    if (facts.length > 0) lines.push(`${column.name}: ${facts.join("; ")}`)
  }
  return lines
}

function columnRemarks(column: ColumnFindings): ReadonlyArray<string> {
  const count = (n: number, what: string): ReadonlyArray<string> => (n > 0 ? [`${n} ${what}`] : [])
  const type = column.type === "text" || column.type === "empty" ? [] : [column.format ?? column.type]
  const { ambiguous } = column
  return [
    ...type,
    ...(ambiguous === undefined
      ? []
      : [
          `${ambiguous.both} values also read as ${ambiguous.other}` +
            (ambiguous.decided ? ", others only this way" : ": which one is meant?")
        ]),
    ...count(column.missing, "empty"),
    ...Object.entries(column.markers).map(([marker, n]) => `${n} times ${JSON.stringify(marker)}`),
    ...count(column.failing, `not ${column.type}`),
    ...(column.type === "text" ? count(column.leadingZeros, "numbers with leading zeros, kept as text") : []),
    ...count(column.strayBlanks, "with stray blanks"),
    ...count(column.variants, "spelt differently only by case or blanks"),
    ...Object.entries(column.identifiers).map(([kind, n]) => `${n} look like ${kind.replaceAll("_", " ")}`),
    ...Object.entries(column.inText?.holding ?? {})
      .filter(([kind]) => column.identifiers[kind] === undefined)
      .map(([kind, n]) => `of ${column.inText!.sampled} different texts ${n} hold a ${kind.replaceAll("_", " ")}`),
    ...(column.named === undefined ? [] : [`its name says ${column.named}`])
  ]
}

const timeColumn = (columns: ReadonlyArray<ColumnFindings>): ColumnFindings | undefined =>
  columns
    .filter((column) => column.type === "time" && column.format !== undefined)
    .reduce<ColumnFindings | undefined>(
      (best, column) => (best === undefined || column.present > best.present ? column : best),
      undefined
    )

const looksLikeSubject = ({ name }: ColumnFindings): boolean =>
  /customer|account|caller|client|buyer|contact|member|客户|用户/i.test(name) &&
  !/zip|city|state|country|type|date|_at$/i.test(name)
