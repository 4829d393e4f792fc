import { Schema } from "effect"

const Id = Schema.String.check(Schema.isPattern(/^[\w:.-]{1,100}$/))

/** What a customer wants to permit from now on; whatever is not named is forbidden. */
export const LicenceChange = Schema.Struct({
  cells: Schema.Array(Schema.Struct({ purpose: Id, recipient: Id })).check(Schema.isMaxLength(500)),
  categories: Schema.Array(Id).check(Schema.isMaxLength(64)),
  /** The last day, ISO. */
  until: Schema.String.check(Schema.isPattern(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/))
})
export type LicenceChange = typeof LicenceChange.Type
