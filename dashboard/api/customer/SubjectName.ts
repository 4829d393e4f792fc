import { Schema } from "effect"

/** A customer as a source calls them; for stewards, who act on behalf of one. */
export const SubjectName = Schema.Struct({ subject: Schema.NonEmptyString.check(Schema.isMaxLength(400)) })
export type SubjectName = typeof SubjectName.Type
