import type { StreamSpec } from "../SourceSpec.ts"

/** Every field of the files that a stream's declaration names, with the place in the declaration that names it. */
export function declaredFields(stream: StreamSpec): ReadonlyArray<{ readonly field: string; readonly place: string }> {
  const mapped = Object.entries(stream.fields ?? {}).map(([name, from]) => ({
    field: typeof from === "string" ? from : from.from,
    place: `fields.${name}`
  }))
  return [
    ...(stream.key ?? []).map((field) => ({ field, place: "key" })),
    ...(stream.time === undefined ? [] : [{ field: stream.time.field, place: "time" }]),
    ...(stream.subject === undefined ? [] : [{ field: stream.subject, place: "subject" }]),
    ...Object.keys(stream.categories ?? {}).map((field) => ({ field, place: `categories.${field}` })),
    ...Object.keys(stream.tags ?? {}).map((field) => ({ field, place: `tags.${field}` })),
    ...mapped
  ]
}
