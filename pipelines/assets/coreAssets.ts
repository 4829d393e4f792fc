import { readFileSync } from "node:fs"
import type { Asset, AssetCheck } from "../engine/Asset.ts"
import { model } from "./core/model.ts"
import type { CanonicalName } from "./core/model.ts"

/** What stands in a `.sql` file beside its asset. */
export const sqlBeside = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8")

const titles: Readonly<Record<CanonicalName, { readonly en: string; readonly zh: string }>> = {
  account: { en: "Customers: companies and persons", zh: "客户：企业与个人" },
  contact: { en: "People at customers", zh: "客户联系人" },
  lead: { en: "Leads", zh: "销售线索" },
  opportunity: { en: "Opportunities", zh: "商机" },
  order: { en: "Orders", zh: "订单" },
  order_line: { en: "Lines of orders", zh: "订单明细" },
  product: { en: "What is sold", zh: "产品" },
  subscription: { en: "Software subscriptions", zh: "软件订阅" },
  ticket: { en: "Service tickets", zh: "服务工单" },
  interaction: { en: "Calls, chats, e-mails, visits and web events", zh: "互动记录：电话、聊天、邮件、拜访、网页" }
}

/** The table of the canonical model that unites every stream declared `as: name`. */
export function coreAsset(name: CanonicalName): Asset {
  const { key, columns, time } = model[name]
  const hasSubject = columns.some((column) => column.name === "subject_id")
  return {
    key: `core.${name}`,
    kind: "full",
    group: "core",
    owners: ["data-steward"],
    description: titles[name],
    deps: [`conform.${name}`],
    sql: sqlBeside(`./core/${name}.sql`),
    grain: ["_source", ...key],
    // So that what reads it by days is made again for those that late records touch, and for no others.
    partitions: { type: "daily", by: time, start: "0001-01-01" },
    contract: columns.map(({ name: column, type }) => ({ name: column, type })),
    checks: [
      uniqueKey(name),
      ...columns.filter((column) => column.required).map((column) => present(column.name)),
      ...(hasSubject ? [present("subject_id")] : [])
    ]
  }
}

/** Counts records that share the key of a newer one. They are no loss: raw keeps them. */
const uniqueKey = (name: CanonicalName): AssetCheck => ({
  name: "unique_key",
  severity: "warn",
  failing: `select _event_id from conform.${name} anti join {table} using (_event_id)`
})

/** Counts rows without a value that others rely on. */
export const present = (column: string): AssetCheck => ({
  name: `present_${column}`,
  severity: "warn",
  breaks: `${column} is null`
})
