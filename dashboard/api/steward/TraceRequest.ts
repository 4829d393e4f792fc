import { Schema } from "effect"

/** Where a trace begins: at a row by its handle or by values that the steward knows, or at an event. */
export const TraceRequest = Schema.Union([
  Schema.Struct({ asset: Schema.String, handle: Schema.String }),
  Schema.Struct({
    asset: Schema.String,
    where: Schema.Record(Schema.String, Schema.String.check(Schema.isMaxLength(400)))
  }),
  Schema.Struct({ event: Schema.String })
]).annotate({ identifier: "TraceRequest" })
export type TraceRequest = typeof TraceRequest.Type
