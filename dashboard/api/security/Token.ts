import { Schema } from "effect"

/** 256 random bits in base64url. */
export const Token = Schema.String.check(Schema.isPattern(/^[A-Za-z0-9_-]{43}$/))
