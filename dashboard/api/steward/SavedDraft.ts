import { Schema } from "effect"

/** A product file that was taken up, and the asset whose run draws it. */
export const SavedDraft = Schema.Struct({ product: Schema.String, asset: Schema.String }).annotate({
  identifier: "SavedDraft"
})
export type SavedDraft = typeof SavedDraft.Type
