import { Schema } from "effect"

/** The faces of the dashboard, which are also what a principal may be. */
export const Role = Schema.Literals(["steward", "buyer", "executive", "customer", "admin", "auditor"])
export type Role = typeof Role.Type
