/** Why a row could not be taken; the code in `raw.quarantine`. */
export type Reason = "columns" | "quote" | "unclosed_quote" | "encoding" | "nul" | "too_long" | "json" | "json_depth"

/** The reason as the end of "line 7 …". */
export const reasonText: Readonly<Record<Reason, string>> = {
  columns: "has another number of fields than the header",
  quote: "has text after a closing quote",
  unclosed_quote: "opens a quote that is never closed",
  encoding: "holds bytes that are not valid in the encoding",
  nul: "holds a NUL byte",
  too_long: "is longer than a record may be",
  json: "is not a JSON object",
  json_depth: "nests too deep"
}
