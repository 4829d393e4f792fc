import { Schema } from "effect"

/** A text in both languages of the house. */
export const Label = Schema.Struct({ zh: Schema.String, en: Schema.String }).annotate({ identifier: "Label" })
export type Label = typeof Label.Type
