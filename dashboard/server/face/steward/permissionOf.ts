import { Clock, Effect } from "effect"
import { Records } from "#core/records/Records.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { Consent } from "#privacy/consent/Consent.ts"
import { Guard } from "#privacy/consent/guard/Guard.ts"
import type { RuleMasks } from "#privacy/consent/decide/RuleMasks.ts"
import { actionMask, categoryTerms, purposeTerms } from "#privacy/consent/registry/Registry.ts"
import { smallestGroup } from "#pipelines/lineage/groupedTrace.ts"
import { Connections } from "#pipelines/sources/Connections.ts"
import { ProductFiles } from "#catalog/product/ProductFiles.ts"
import type { Permission } from "../../../api/steward/Permission.ts"
import { hasTable } from "./hasTable.ts"

interface RuleRow extends Record<"actions" | "purposes" | "recipients" | "categories", number | bigint> {
  readonly terms: number
  readonly prohibits: boolean
}

/** What the matrix asks of a licence: to share with third parties what is made of the records. */
const action = "share"
const recipient = "third-party"

/** In steps of the smallest group, and nothing below it. */
const grouped = (n: number): number | null => (n < smallestGroup ? null : n - (n % smallestGroup))

/** Consent coverage, what the guard denied, and what revocations froze. */
export const permissionOf = Effect.fn("permissionOf")(function* () {
  const epoch = yield* (yield* Guard).sync
  const records = yield* Records
  const own = yield* records.read((db) => ({
    states: db.all<{ state: Permission["states"][number]["state"]; n: number }>(
      "select state, count(*) as n from subject group by state"
    ),
    operations: db
      .all<Omit<Permission["operations"][number], "denied" | "at"> & { readonly denied: string; readonly at: number }>(
        `select id, at, action, purpose, recipient, asset, run, epoch, rows_in as rowsIn, rows_out as rowsOut, denied
         from consent_operation order by at desc, rowid desc limit 40`
      )
      .map((row) => ({
        ...row,
        at: new Date(row.at * 1000).toISOString(),
        denied: JSON.parse(row.denied) as Record<string, number>
      })),
    revocations: db
      .all<{ operation: string; at: number; epoch: number; settledAt: number | null; document: string }>(
        "select operation, at, epoch, settled_at as settledAt, document from consent_revocation order by epoch desc limit 40"
      )
      .map(({ document, at, settledAt, ...row }) => ({
        ...row,
        at: new Date(at * 1000).toISOString(),
        settledAt: settledAt === null ? null : new Date(settledAt * 1000).toISOString(),
        frozen: (
          JSON.parse(document) as {
            frozen: ReadonlyArray<{ kind: string; name: string; effect: string; until?: string }>
          }
        ).frozen.map(({ kind, name, effect, until }) => ({ kind, name, effect, until: until ?? null }))
      })),
    suspended: db.all<{ product: string; since: string }>("select product, since from product_freeze order by product"),
    recalled: db.all<{ product: string; version: string; since: string }>(
      `select v.product, v.version, r.at as since from recalled_version r join product_version v on v.id = r.version_id
       order by r.at desc limit 40`
    )
  }))
  const { coverage, licences } = yield* coverageOf()
  return {
    epoch,
    licences,
    states: own.states.map(({ state, n }) => ({ state, subjects: grouped(n) })),
    coverage,
    operations: own.operations,
    revocations: own.revocations,
    frozen: [
      ...own.suspended.map(({ product, since }) => ({ product, version: null, effect: "suspended" as const, since })),
      ...own.recalled.map((row) => ({ ...row, effect: "recalled" as const }))
    ]
  } satisfies Permission as Permission
})

/** Of the licences in force, which share permits each purpose for each category that some source declares. */
const coverageOf = Effect.fnUntraced(function* () {
  const purposes = yield* askedPurposes()
  const categories = yield* declaredCategories()
  const empty = { action, recipient, purposes, categories, shares: purposes.map(() => categories.map(() => null)) }
  if (!(yield* hasTable("_base", "licence"))) return { coverage: empty, licences: null }
  const now = Math.floor((yield* Clock.currentTimeMillis) / 1000)
  const warehouse = yield* Warehouse
  const counts = yield* warehouse.query<{ terms: number; n: number }>(
    `select terms, count(*) as n from _base.licence
     where parts is null and state = 0 and nbf <= $now and exp > $now group by terms`,
    { now }
  )
  const rules = Map.groupBy(yield* warehouse.query<RuleRow>("select * from _base.rule"), ({ terms }) => terms)
  const known = yield* (yield* Consent).recipients
  const recipients = known.get(recipient)?.bit ?? 0n
  const actions = actionMask([action])
  const masks = new Map([...rules].map(([terms, rows]) => [terms, rows.map(masksOf)]))
  const total = counts.reduce((sum, { n }) => sum + n, 0)
  const shareOf = (purpose: string, category: string): number | null => {
    const asked = {
      actions,
      recipients,
      purposes: purposeTerms.get(purpose)!.bit,
      categories: categoryTerms.get(category)!.bit
    }
    const n = counts.reduce((sum, row) => sum + (permits(masks.get(row.terms) ?? [], asked) ? row.n : 0), 0)
    const least = grouped(n)
    return least === null || total === 0 ? null : Math.round((100 * least) / (grouped(total) ?? total)) / 100
  }
  return {
    coverage: { ...empty, shares: purposes.map((purpose) => categories.map((category) => shareOf(purpose, category))) },
    licences: grouped(total)
  }
})

type Asked = Record<"actions" | "purposes" | "recipients" | "categories", bigint>

/** One permission must name everything that is asked, and no prohibition may touch it. */
function permits(rules: ReadonlyArray<RuleMasks>, asked: Asked): boolean {
  const holds = ({ actions, purposes, recipients, categories }: RuleMasks): boolean =>
    (actions & asked.actions) === asked.actions &&
    (purposes & asked.purposes) !== 0n &&
    (recipients & asked.recipients) !== 0n &&
    (categories & asked.categories) !== 0n
  return (
    rules.some((rule) => rule.effect === "permit" && holds(rule)) &&
    !rules.some((rule) => rule.effect === "prohibit" && holds(rule))
  )
}

const masksOf = (row: RuleRow): RuleMasks => ({
  effect: row.prohibits ? "prohibit" : "permit",
  actions: BigInt(row.actions),
  purposes: BigInt(row.purposes),
  recipients: BigInt(row.recipients),
  categories: BigInt(row.categories)
})

/** The purposes that sources declare or products are made for, as the registry orders them. */
const askedPurposes = Effect.fnUntraced(function* () {
  const connected = yield* (yield* Connections).all
  const files = yield* (yield* ProductFiles).all
  const named = new Set([
    ...connected.flatMap(({ spec }) => spec.streams.flatMap(({ licence }) => licence?.purposes ?? [])),
    ...files.flatMap(({ declared }) => [declared.scenario.purpose, ...declared.terms.purposes])
  ])
  return [...purposeTerms.keys()].filter((id) => named.has(id))
})

const declaredCategories = Effect.fnUntraced(function* () {
  const connected = yield* (yield* Connections).all
  const named = new Set(
    connected.flatMap(({ spec }) => spec.streams.flatMap(({ categories }) => Object.values(categories ?? {})))
  )
  return [...categoryTerms.keys()].filter((id) => named.has(id))
})
