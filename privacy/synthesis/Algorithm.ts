import { Schema } from "effect"

/** The ways to make synthetic rows. */
export const Algorithm = Schema.Literals(["independent", "mst", "aim", "gan"])
export type Algorithm = typeof Algorithm.Type
