import { Effect } from "effect"
import type { RecordsError } from "#core/records/Records.ts"
import type { Role } from "../api/Role.ts"
import { Sessions } from "./Sessions.ts"

/** The account that a role's links sign in to on the loopback demo. */
const names: Readonly<Record<Role, string>> = {
  steward: "demo-steward-1",
  buyer: "demo-buyer-1",
  executive: "demo-executive-1",
  customer: "demo-customer-1",
  admin: "demo-admin-1",
  auditor: "demo-auditor-1"
}

/**
 * Makes a one-time sign-in link for a role. The token is in the fragment, which browsers keep to themselves: it reaches
 * no log and no Referer. Valid for 10 minutes, consumed by POST.
 *
 * @param subject the ordinal of the subject that a customer is; a customer's link without one opens pages that show nobody's data
 */
export function mintLink(
  role: Role,
  port: number,
  name: string = names[role],
  subject?: number
): Effect.Effect<string, RecordsError, Sessions> {
  return Sessions.use((sessions) =>
    Effect.map(
      sessions.mint({ role, name, ...(subject === undefined ? {} : { subject }) }),
      (token) => `http://localhost:${port}/sign-in#${token}`
    )
  )
}
