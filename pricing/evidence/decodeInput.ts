import { Result, Schema, SchemaIssue } from "effect"
import { BadInput } from "#core/BadInput.ts"

const formatIssues = SchemaIssue.makeFormatterStandardSchemaV1()

/**
 * Decodes what a person or a buyer handed in; unknown fields are refused, so that a misspelt one is not silently ignored.
 *
 * @param what  what it is, for the message: "price file", "quote"
 * @throws      BadInput naming the first field that does not fit, as a dotted path
 */
export function decodeInput<S extends Schema.ConstraintDecoder<unknown>>(
  schema: S,
  input: unknown,
  what: string
): S["Type"] {
  const decoded = Schema.decodeUnknownResult(schema, { onExcessProperty: "error" })(input)
  if (Result.isSuccess(decoded)) return decoded.success
  const first = formatIssues(decoded.failure.issue).issues[0]
  const field = (first?.path ?? []).map((part) => String(typeof part === "object" ? part.key : part)).join(".")
  const problem = first?.message ?? "does not fit"
  throw new BadInput({
    code: "pricing.input",
    message:
      field === "" ? `The ${what} cannot be used: ${problem}.` : `In the ${what}, ${field} cannot be used: ${problem}.`,
    fix: "Correct this field and try again.",
    where: field === "" ? {} : { field }
  })
}
