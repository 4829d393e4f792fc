import { Schema } from "effect"

/** What to make, as `assay run` takes it; empty for everything that is new or stale. */
export const StartRun = Schema.Struct({ selection: Schema.String.check(Schema.isMaxLength(400)) }).annotate({
  identifier: "StartRun"
})
export type StartRun = typeof StartRun.Type
