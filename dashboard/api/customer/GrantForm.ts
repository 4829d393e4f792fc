import { Schema } from "effect"

/** Forms in which a grant is shown to others. */
export const GrantForm = Schema.Literals(["odrl", "receipt", "token"])
export type GrantForm = typeof GrantForm.Type
