import { Effect, FileSystem, Path } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { purposeTerms } from "#privacy/consent/registry/Registry.ts"
import { Refused } from "#core/Refused.ts"
import { readYamlFile } from "#pipelines/sources/yaml/readYamlFile.ts"
import { reckon } from "#pricing/evidence/reckon.ts"
import { readPricePolicy } from "#pricing/quote/readPricePolicy.ts"
import { ProductFile } from "./ProductFile.ts"

/** A product file with the text of the statement that it names, if it names one. */
export interface ProductDefinition {
  readonly file: string
  readonly declared: ProductFile
  readonly sql: string | undefined
}

/** Reads a product file and the SQL file beside it; fails with a BadInput that says where and what to do. */
export const readProductFile = Effect.fn("readProductFile")(function* (given: string) {
  const paths = yield* Path.Path
  const files = yield* FileSystem.FileSystem
  const file = paths.resolve(given)
  const declared = yield* Effect.mapError(readYamlFile(ProductFile, file), (error) =>
    error.where?.field === "release.kind" ? otherKind(error) : error
  )
  if ((declared.from === undefined) === (declared.sql === undefined)) {
    return yield* new BadInput({
      code: "product.from",
      message: `${file}: a product names either from (an asset) or sql (a file), and ${declared.from === undefined ? "this names neither" : "this names both"}.`,
      fix: "Write `from: core.order`, or `sql: ./statement.sql`.",
      where: { file, field: "from" }
    })
  }
  // Amounts and durations that read well and cannot be used fail here, not when the release was drawn and charged.
  yield* Effect.mapError(
    reckon(() => readPricePolicy(declared.price, declared.product, "")),
    ({ code, message, fix, where }) =>
      new BadInput({ code, message: `${file}: ${message}`, fix, where: { ...where, file } })
  )
  const { purpose } = declared.scenario
  const strange = [purpose, ...declared.terms.purposes].find((one) => !purposeTerms.has(one))
  if (strange !== undefined) {
    return yield* new BadInput({
      code: "product.purpose",
      message: `${file}: ${strange.slice(0, 80)} is no purpose that a licence can name.`,
      fix: `Write one of ${[...purposeTerms.keys()].slice(0, 6).join(", ")} or another of privacy/consent/registry/purposes.ts.`,
      where: { file, field: "scenario.purpose" }
    })
  }
  if (!declared.terms.purposes.includes(purpose)) {
    return yield* new BadInput({
      code: "product.terms",
      message: `${file}: the terms do not allow ${purpose}, for which the product is made.`,
      fix: `Add ${purpose} to terms.purposes, or make it for one of them.`,
      where: { file, field: "terms.purposes" }
    })
  }
  if (declared.sql === undefined)
    return { file, declared, sql: undefined } satisfies ProductDefinition as ProductDefinition
  const folder = paths.dirname(file)
  const statement = paths.resolve(folder, declared.sql)
  const refuse = (message: string): BadInput =>
    new BadInput({
      code: "product.sql",
      message: `${file}: ${message}`,
      fix: "Put the statement beside the product file and name it as `sql: ./statement.sql`.",
      where: { file, field: "sql" }
    })
  if (paths.relative(folder, statement).startsWith(".."))
    return yield* refuse("its SQL file lies outside of its folder.")
  const text = yield* Effect.mapError(files.readFileString(statement), () => refuse("its SQL file cannot be read."))
  const sql = text.trim().replace(/;$/, "")
  return { file, declared, sql } satisfies ProductDefinition as ProductDefinition
})

/** A kind that nobody makes is a refusal: a word in a file must not turn into another protection. */
const otherKind = ({ message, where }: BadInput): Refused =>
  new Refused({
    code: "release.kind",
    message,
    fix: "Write `kind: dp_aggregate`, `synthetic` or `consented`, with the fields of that kind.",
    ...(where === undefined ? {} : { where })
  })
