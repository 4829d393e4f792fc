import { Schema } from "effect"

/** Whether the backup is restored on trial and checked as well. */
export const BackupRequest = Schema.Struct({ drill: Schema.Boolean }).annotate({ identifier: "BackupRequest" })
export type BackupRequest = typeof BackupRequest.Type
