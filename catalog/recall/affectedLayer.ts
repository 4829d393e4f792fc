import { Effect, Layer } from "effect"
import { Home } from "#core/home/Home.ts"
import { newId } from "#core/ids/newId.ts"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import type { Db } from "#core/records/Records.ts"
import { monthOf } from "#core/time/Period.ts"
import { Affected } from "#privacy/consent/revocation/Affected.ts"
import type { Freeze, FrozenArtefact } from "#privacy/consent/revocation/Affected.ts"
import type { Announcement } from "../notice/Notice.ts"
import { tell } from "../notice/tell.ts"

interface Listed {
  readonly id: string
  readonly product: string
  readonly version: string
  readonly kind: string
  readonly period: string
  readonly newest: number
}

/** What a revocation does to products: rows are frozen and called back, all of them together; noisy figures stay to the end of their period. */
export const affectedLayer: Layer.Layer<Affected, never, Home> = Layer.effect(
  Affected,
  Effect.map(Home, (home) => Affected.of({ freeze: (db, freeze) => freezeProducts(db, home, freeze) }))
)

function freezeProducts(db: Db, home: Home["Service"], { epoch, at }: Freeze): ReadonlyArray<FrozenArtefact> {
  const versions = db.all<Listed>(
    `select v.id, v.product, v.version, coalesce(json_extract(v.document, '$.kind'), 'dp_aggregate') as kind,
       json_extract(v.document, '$.period') as period,
       v.seq = max(v.seq) over (partition by v.product) as newest
     from product_version v where v.status = 'listed' and v.id not in (select version_id from recalled_version)
     order by v.product, v.seq`
  )
  const rows = versions.filter(({ kind }) => kind === "consented")
  // All of them, whoever is in which: one product alone would show whose.
  const products = [...new Set(rows.map(({ product }) => product))]
  for (const product of products) {
    db.run(
      `insert into product_freeze values ($product, $epoch, $at)
       on conflict (product) do update set epoch = excluded.epoch`,
      { product, epoch, at }
    )
  }
  const recalled = rows.filter(({ id }) => recall(db, home, id, at) > 0)
  const stays = versions.filter(({ kind, newest }) => kind !== "consented" && newest === 1)
  return [
    { kind: "assets", name: "*", effect: "masked" },
    ...products.map((name): FrozenArtefact => ({ kind: "product", name, effect: "suspended" })),
    ...recalled.map((one): FrozenArtefact => ({ kind: "delivery", name: nameOf(one), effect: "recalled" })),
    ...stays.map((one): FrozenArtefact => ({
      kind: "release",
      name: nameOf(one),
      effect: "stays",
      ...endOf(one.period)
    }))
  ]
}

const nameOf = ({ product, version }: Listed): string => `${product} ${version}`

const endOf = (period: string): { readonly until?: string } =>
  /^\d{4}-(?:0[1-9]|1[0-2])$/.test(period) ? { until: monthOf(`${period}-01`).to } : {}

/** Writes a signed notice for each buyer who was handed a version or may still ask for it; gives how many there are. */
function recall(db: Db, home: Home["Service"], version: string, at: string): number {
  const orders = db.all<{ order: string; buyer: string; product: string; artefact: string; name: string }>(
    `select e.order_id as "order", e.buyer, v.product, v.artefact, v.version as name from entitlement e
     join product_version v on v.id = e.version_id where v.id = $version order by e.order_id`,
    { version }
  )
  for (const { order, buyer, product, artefact, name } of orders) {
    const id = newId("rcl")
    const document = canonicalJson({ v: 1, id, order, product, version: name, artefact, at, demand: "stop-and-delete" })
    const fresh = db.run(
      `insert into recall_notice (id, order_id, version_id, document, signature, at)
       values ($id, $order, $version, $document, $signature, $at) on conflict do nothing`,
      { id, order, version, document, signature: home.sign(document), at }
    )
    if (fresh > 0) tell(db, buyer, recallNotice(product, name, at, { demand: "stop-and-delete", order, recall: id }))
  }
  return orders.length
}

const recallNotice = (product: string, version: string, at: string, facts: Announcement["facts"]): Announcement => ({
  kind: "recall",
  product,
  version,
  at,
  text: {
    zh: `${product} ${version} 已召回：请停止使用并删除。`,
    en: `${product} ${version} was called back: stop using it and delete it.`
  },
  facts
})
