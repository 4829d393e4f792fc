import type { SchemaAST, SchemaIssue } from "effect"
import { SchemaIssue as Issues } from "effect"

/** One thing that a decoded value has wrong, in words that hold no value. */
export interface SchemaFinding {
  readonly kind: "unknown" | "missing" | "wrong"
  readonly path: ReadonlyArray<PropertyKey>
  /** What was expected, such as `string`; for an unknown field the fields that exist there, separated by commas. */
  readonly expected: string
}

const separator = "\u0000"

/** Flattens a schema issue to findings in the order of the schema. */
export function schemaFindings(issue: SchemaIssue.Issue): ReadonlyArray<SchemaFinding> {
  return describe(issue).issues.map((found) => {
    const [kind, expected] = found.message.split(separator) as [string, string | undefined]
    const path = (found.path ?? []).map((step) => (typeof step === "object" ? step.key : step))
    if (expected === undefined) return { kind: "wrong", path, expected: found.message.replace(/^Expected /, "") }
    return { kind: kind as SchemaFinding["kind"], path, expected }
  })
}

const describe = Issues.makeFormatterStandardSchemaV1({
  leafHook: (leaf) => {
    if (leaf._tag === "UnexpectedKey") return `unknown${separator}${fieldsOf(leaf.ast).join(",")}`
    if (leaf._tag === "MissingKey") return `missing${separator}a value`
    return Issues.defaultLeafHook(leaf)
  }
})

function fieldsOf(ast: SchemaAST.AST): ReadonlyArray<string> {
  return ast._tag === "Objects" ? ast.propertySignatures.map((property) => String(property.name)) : []
}
