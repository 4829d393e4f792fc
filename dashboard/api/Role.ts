import { Schema } from "effect"

/** The faces that have pages. Customer, admin and auditor are absent until their pages exist. */
export const Role = Schema.Literals(["steward", "buyer", "executive"])
export type Role = typeof Role.Type
