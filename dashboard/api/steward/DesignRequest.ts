import { Schema } from "effect"

/** A product file as it stands in the designer, complete or not: what is wrong with it is part of the answer. */
export const DesignRequest = Schema.Struct({ draft: Schema.Unknown }).annotate({ identifier: "DesignRequest" })
export type DesignRequest = typeof DesignRequest.Type
