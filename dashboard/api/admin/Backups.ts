import { Schema } from "effect"

/** Backups that lie in the house's folder for them, the one under way, and drills. */
export const Backups = Schema.Struct({
  folder: Schema.String,
  backups: Schema.Array(
    Schema.Struct({
      name: Schema.String,
      createdAt: Schema.String,
      files: Schema.Int,
      bytes: Schema.Int,
      withKey: Schema.Boolean
    })
  ),
  /** The newest that was begun from a page since the server started. */
  job: Schema.NullOr(
    Schema.Struct({
      by: Schema.String,
      begunAt: Schema.String,
      endedAt: Schema.NullOr(Schema.String),
      withDrill: Schema.Boolean,
      step: Schema.Literals(["copying", "restoring", "checking", "done", "failed"]),
      /** What went wrong, as every failing answer says it. */
      problem: Schema.NullOr(Schema.Struct({ code: Schema.String, message: Schema.String, fix: Schema.String }))
    })
  ),
  /** Newest first. */
  drills: Schema.Array(
    Schema.Struct({
      id: Schema.String,
      at: Schema.String,
      sound: Schema.Boolean,
      problems: Schema.Array(Schema.String),
      files: Schema.Int,
      bytes: Schema.Int,
      seconds: Schema.Finite,
      artefacts: Schema.Int,
      tables: Schema.Int,
      log: Schema.Struct({ size: Schema.Int, root: Schema.String })
    })
  )
}).annotate({ identifier: "Backups" })
export type Backups = typeof Backups.Type
