import type { Role } from "../../api/Role.ts"
import type { Words } from "../words/Words.ts"

/** The pages of each face in the order of its work; the first is where it begins. */
export const menus: Readonly<Record<Role, ReadonlyArray<readonly [address: string, name: keyof Words["nav"]]>>> = {
  buyer: [
    ["/", "catalog"],
    ["/buyer/scenario", "scenario"],
    ["/buyer/compare", "compare"],
    ["/orders", "orders"],
    ["/buyer", "myData"]
  ],
  steward: [
    ["/steward", "overview"],
    ["/steward/sources", "sources"],
    ["/steward/assets", "assets"],
    ["/steward/runs", "runs"],
    ["/steward/trace", "trace"],
    ["/steward/permission", "permission"],
    ["/steward/budget", "budget"],
    ["/steward/design", "designer"],
    ["/steward/review", "review"],
    ["/steward/touchpoints", "touchpoints"],
    ["/orders", "payments"],
    ["/embeds", "embed"],
    ["/", "catalog"]
  ],
  executive: [
    ["/value", "value"],
    ["/executive", "portfolio"],
    ["/executive/revenue", "revenue"],
    ["/executive/risk", "risk"],
    ["/budget", "budget"],
    ["/assets", "assets"],
    ["/", "catalog"]
  ],
  customer: [
    ["/customer", "myData"],
    ["/customer/licences", "licences"],
    ["/customer/benefits", "benefits"],
    ["/customer/receipts", "receipts"],
    ["/customer/erase", "erase"]
  ],
  admin: [
    ["/admin", "accounts"],
    ["/admin/buyers", "buyers"],
    ["/admin/caps", "caps"],
    ["/admin/money", "money"],
    ["/admin/backups", "backups"],
    ["/embeds", "embed"]
  ],
  auditor: [
    ["/auditor", "log"],
    ["/auditor/entries", "entries"],
    ["/auditor/releases", "releases"],
    ["/auditor/access", "access"],
    ["/auditor/policies", "policies"]
  ]
}
