import { Schema } from "effect"

/** Where a person should look: a file position, a field, an asset. Every part is safe to show: no values, no rows. */
export const Place = Schema.Struct({
  file: Schema.optionalKey(Schema.String),
  line: Schema.optionalKey(Schema.Number),
  column: Schema.optionalKey(Schema.Number),
  field: Schema.optionalKey(Schema.String),
  asset: Schema.optionalKey(Schema.String)
})

/**
 * What came in cannot be used; nothing was changed by it. Exit code 4, HTTP 400 or 404.
 *
 * `code` is stable and dotted (`source.delimiter`), `message` a sentence about what is wrong, `fix` a sentence about
 * what to do. Neither may carry a raw value, a subject key or text of the engine.
 */
export class BadInput extends Schema.TaggedError<BadInput>()("BadInput", {
  code: Schema.String,
  message: Schema.String,
  fix: Schema.String,
  where: Schema.optionalKey(Place)
}) {}
