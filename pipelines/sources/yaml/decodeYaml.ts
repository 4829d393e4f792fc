import { BadInput } from "#core/BadInput.ts"
import { Effect, Result, Schema } from "effect"
import { closestWord } from "./closestWord.ts"
import { parseYaml } from "./parseYaml.ts"
import type { ParsedYaml } from "./parseYaml.ts"
import { schemaFindings } from "./schemaFindings.ts"
import type { SchemaFinding } from "./schemaFindings.ts"

/**
 * Decodes a YAML text by a schema. The error names file, line, column and field, what was expected, and for an unknown
 * field the one that was probably meant. It never quotes a value of the text.
 */
export const decodeYaml = Effect.fnUntraced(function* <S extends Schema.Codec<unknown, unknown>>(
  schema: S,
  text: string,
  file: string
) {
  const parsed = yield* Effect.fromResult(parseYaml(text, file))
  const decoded = Schema.decodeUnknownResult(schema)(parsed.value, { onExcessProperty: "error", errors: "all" })
  if (Result.isSuccess(decoded)) return decoded.success as S["Type"]
  const findings = schemaFindings(decoded.failure.issue)
  return yield* explain(pick(findings), parsed, file)
})

/** An unknown field explains a missing one, so it comes first. */
function pick(findings: ReadonlyArray<SchemaFinding>): SchemaFinding {
  return findings.find((finding) => finding.kind === "unknown") ?? findings[0]!
}

function explain(finding: SchemaFinding, parsed: ParsedYaml, file: string): BadInput {
  const { path } = finding
  const field = path.map(String).join(".")
  const where = { file, ...parsed.place(path, finding.kind === "unknown"), field }
  const at = `${file}, line ${where.line}, column ${where.column}`
  if (finding.kind === "unknown") {
    const known = finding.expected.split(",").filter((name) => name !== "")
    const meant = closestWord(String(path.at(-1)), known)
    const suggestion = meant === undefined ? `It may be one of: ${known.join(", ")}.` : `Did you mean ${meant}?`
    return new BadInput({
      code: "yaml.unknown_field",
      message: `${at}: there is no field ${field}. ${suggestion}`,
      fix: meant === undefined ? "Remove the field or use a known one." : `Write ${meant} or remove the field.`,
      where
    })
  }
  if (finding.kind === "missing") {
    return new BadInput({
      code: "yaml.missing_field",
      message: `${at}: the field ${field} is missing.`,
      fix: `Add ${String(path.at(-1))}.`,
      where
    })
  }
  return new BadInput({
    code: "yaml.value",
    message: `${at}: ${field === "" ? "the file" : field} should be ${finding.expected}.`,
    fix: `Write ${finding.expected} there.`,
    where
  })
}
