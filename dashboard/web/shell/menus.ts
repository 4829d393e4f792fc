import type { Role } from "../../api/Role.ts"
import type { Words } from "../words/Words.ts"

/** The pages of each face in the order of its work; the first is where it begins. */
export const menus: Readonly<Record<Role, ReadonlyArray<readonly [address: string, name: keyof Words["nav"]]>>> = {
  buyer: [
    ["/", "catalog"],
    ["/orders", "myData"]
  ],
  steward: [
    ["/assets", "assets"],
    ["/budget", "budget"],
    ["/orders", "payments"],
    ["/", "catalog"]
  ],
  executive: [
    ["/value", "value"],
    ["/budget", "budget"],
    ["/assets", "assets"],
    ["/", "catalog"]
  ],
  customer: [["/customer", "myData"]],
  admin: [["/admin", "admin"]],
  auditor: [["/auditor", "auditor"]]
}
