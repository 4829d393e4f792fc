import type { Role } from "../api/Role.ts"

/** Who is asking, as far as the pages are concerned. */
export interface Principal {
  readonly role: Role
  /** The name of the account: what orders and quotes belong to. */
  readonly name: string
  /** The ordinal of the subject that a customer is; there for customers and for nobody else. */
  readonly subject?: number
}
