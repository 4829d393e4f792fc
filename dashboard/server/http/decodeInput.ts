import { Result, Schema } from "effect"
import { BadInput } from "#core/BadInput.ts"

/** Decodes what came in; the complaint names the place and what was expected, never what was sent. */
export function decodeInput<A>(schema: Schema.Codec<A>, input: unknown, place: "body" | "address"): A {
  const decoded = Schema.decodeUnknownResult(schema, { onExcessProperty: "error" })(input)
  if (Result.isSuccess(decoded)) return decoded.success
  throw new BadInput({
    code: `request.${place}`,
    message: `The ${place} of the request does not have the expected form.`,
    fix: "See /api/openapi.json for the form of this request."
  })
}
