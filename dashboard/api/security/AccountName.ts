import { Schema } from "effect"

/** The name of an account: small letters, digits and signs that read the same everywhere. */
export const AccountName = Schema.String.check(Schema.isPattern(/^[a-z0-9][a-z0-9._-]{1,63}$/))
