import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"

/** Every value that may never leave the house has this in it; no hash, token or number has, since none is spelled with it. */
export const sentinel = /zq§|zq%c2%a7|zq\\u00a7/i

/** Columns that nobody may hear of, by a tag of the house. */
export const hiddenColumns = ["chief_approver", "chief_cost"] as const
/** As long as the first of them, and in no file. */
export const neverThere = "never_existing"

export const customers = 120

const purchases = new URL("../../../examples/repair/purchases.csv", import.meta.url)
const repair = (name: string): string =>
  readFileSync(new URL(`../../../examples/repair/${name}`, import.meta.url), "utf8")

const orders = [
  "order_id,account,region,amount,placed,email,phone,name,note,chief_approver,chief_cost,budget",
  ...Array.from({ length: customers * 2 }, (_, i) => {
    const region = ["north", "south", "east"][i % 3]!
    const person = `zq§${i % customers}@mail.example,+86 139 ZQ§ ${i % customers},Zq§ Person ${i % customers}`
    // Every seventh amount and cost is no number: dirty spots whose values must not show either.
    const [amount, cost] = i % 7 === 0 ? ["zq§-amount", "zq§-cost"] : [((i * 37) % 900) + 10, (i * 11) % 500]
    return `zq§o${i},zq§a${i % customers},${region},${amount},2026-0${(i % 9) + 1}-11,${person},zq§ note ${i},Zq§ Boss ${i % 40},${cost},${i * 1000}`
  }),
  "zq§o-broken,zq§a1"
].join("\n")

const source = `source: shop
kind: files
root: .
streams:
  - stream: orders
    path: orders.csv
    options: { delimiter: ",", header: true, tolerate: 0.05 }
    key: [order_id]
    time: { field: placed, format: "%Y-%m-%d" }
    subject: account
    licence:
      basis: contract
      actions: [store, derive, aggregate, share, sell]
      purposes: ["dpv:MarketResearch"]
      recipients: [internal, third-party]
      expires: 2035-12-31
      evidence: E1
    categories:
      order_id: dpv-pd:Transactional
      region: dpv-pd:Location
      amount: dpv-pd:Transactional
      placed: dpv-pd:Transactional
      email: dpv-pd:EmailAddress
      phone: dpv-pd:TelephoneNumber
      name: dpv-pd:Name
      chief_cost: dpv-pd:Transactional
    tags:
      chief_approver: [crm.decision_maker]
      chief_cost: [crm.decision_maker]
      budget: [crm.budget]
    fields:
      amount: { from: amount, currency: CNY }
      chief_cost: { from: chief_cost, currency: CNY }
`

/** Two sources whose subjects, identifiers, notes and broken cells are all sentinels, and the product of the second. */
export function writeSecretFiles(folder: string): {
  readonly sources: ReadonlyArray<string>
  readonly product: string
} {
  const [shop, shed] = [join(folder, "shop"), join(folder, "repair")]
  for (const one of [shop, shed]) mkdirSync(one, { recursive: true })
  writeFileSync(join(shop, "orders.csv"), orders)
  writeFileSync(join(shop, "source.yaml"), source)
  const text = readFileSync(purchases, "utf8")
  writeFileSync(
    join(shed, "purchases.csv"),
    text.replaceAll(/^p(\d+),c(\d+)/gm, "zq§p$1,zq§c$2").replaceAll("内部备注", "zq§备注")
  )
  for (const name of ["source.yaml", "repair_history.product.yaml"]) writeFileSync(join(shed, name), repair(name))
  return {
    sources: [join(shop, "source.yaml"), join(shed, "source.yaml")],
    product: join(shed, "repair_history.product.yaml")
  }
}
