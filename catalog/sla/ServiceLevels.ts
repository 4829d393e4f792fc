import { Context, DateTime, Effect, Layer } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Home } from "#core/home/Home.ts"
import { newId } from "#core/ids/newId.ts"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { Log } from "#core/log/Log.ts"
import { Records } from "#core/records/Records.ts"
import type { Db, RecordsError } from "#core/records/Records.ts"
import { Refused } from "#core/Refused.ts"
import { readDays } from "#pricing/ttl/readDays.ts"
import { creditInvoice } from "../invoice/creditInvoice.ts"
import type { Invoice } from "../invoice/Invoice.ts"
import type { ProductVersion } from "../product/ProductVersion.ts"
import { lateUpdate } from "./lateUpdate.ts"
import type { SlaCredit } from "./SlaCredit.ts"

/** What the contract promises of updates, and what a breach gives back: proposed by rule, decided by a person. */
export class ServiceLevels extends Context.Service<
  ServiceLevels,
  {
    /** Holds every order in force against the versions that came since, and proposes a credit for each late update, once. Gives the open ones. */
    assess(product?: string): Effect.Effect<ReadonlyArray<SlaCredit>, RecordsError>
    /** Newest first. */
    list(product?: string): Effect.Effect<ReadonlyArray<SlaCredit>, RecordsError>
    /** Issues the credit note of a proposal; approving it again gives the same. */
    approve(id: string, by: string): Effect.Effect<SlaCredit, RecordsError>
    dismiss(id: string, by: string, reason: string): Effect.Effect<SlaCredit, RecordsError>
  }
>()("catalog/ServiceLevels") {
  static readonly layer: Layer.Layer<ServiceLevels, never, Records | Log | Home> = Layer.effect(
    ServiceLevels,
    Effect.gen(function* () {
      const records = yield* Records
      const seal = { log: yield* Log, home: yield* Home }
      const clock = Effect.map(DateTime.now, DateTime.formatIso)
      const note = (db: Db, credit: SlaCredit): void => {
        const commitment = seal.home.hmac("sla", canonicalJson(credit))
        seal.log.append(db, { type: "order", operation: credit.id, commitment })
      }

      const assess = Effect.fn("ServiceLevels.assess")(function* (product?: string) {
        const now = yield* clock
        return yield* records.write((db) => {
          for (const proposal of proposalsOf(db, product ?? null)) {
            const { order, lateVersion } = proposal
            db.run(
              `insert into sla_credit (id, order_id, due_version, document, state, at)
               values ($id, $order, $lateVersion, $document, 'proposed', $now)`,
              { id: proposal.id, order, lateVersion, document: canonicalJson(proposal), now }
            )
            note(db, proposal)
          }
          return readCredits(db, product ?? null).filter(({ state }) => state === "proposed")
        })
      })

      const decide = (id: string, by: string, change: (db: Db, credit: SlaCredit, now: string) => Decision) =>
        Effect.flatMap(clock, (now) =>
          records.write((db) => {
            const credit = readCredit(db, id)
            if (by.trim() === "") throw nobody()
            if (credit.state !== "proposed") return credit
            const { state, reason, creditNote } = change(db, credit, now)
            db.run(
              "update sla_credit set state = $state, by = $by, reason = $reason, credit_note = $creditNote where id = $id",
              { id, state, by, reason, creditNote }
            )
            const decided = readCredit(db, id)
            note(db, decided)
            return decided
          })
        )

      return ServiceLevels.of({
        assess,
        list: Effect.fn("ServiceLevels.list")((product?: string) =>
          records.read((db) => readCredits(db, product ?? null))
        ),
        approve: Effect.fn("ServiceLevels.approve")((id: string, by: string) =>
          decide(id, by, (db, credit, now) => {
            const reason = `${credit.product} ${credit.lateVersion} came ${credit.lateDays.toFixed(1)} days after it was promised.`
            const invoice = invoiceOf(db, credit.order)
            // The share that gives the amount back to the fen: shares are rounded up.
            const share = Math.min(1, (credit.amount.minor - 0.5) / invoice.net)
            const issued = creditInvoice(db, seal, { invoice, operation: `sla ${id}`, share, reason }, now)
            return { state: "credited", reason, creditNote: issued.number }
          })
        ),
        dismiss: Effect.fn("ServiceLevels.dismiss")((id: string, by: string, reason: string) =>
          decide(id, by, () => {
            if (reason.trim() === "") throw nobody()
            return { state: "dismissed", reason, creditNote: null }
          })
        )
      })
    })
  )
}

interface Decision {
  readonly state: SlaCredit["state"]
  readonly reason: string
  readonly creditNote: string | null
}

interface OrderRow {
  readonly order: string
  readonly buyer: string
  readonly minor: number
  readonly currency: string
  readonly paidAt: string
  readonly bought: string
  readonly next: string
}

/** Orders in force whose version has a successor, that have no proposal yet: the first version after the one that was bought. */
function proposalsOf(db: Db, product: string | null): ReadonlyArray<SlaCredit> {
  return db
    .all<OrderRow>(
      `select o.id as "order", o.buyer, o.price_minor as minor, o.currency, o.paid_at as paidAt, v.document as bought,
         n.document as next
       from buyer_order o join product_version v on v.id = o.version_id join product_version n on n.seq = (
         select min(seq) from product_version m where m.product = v.product and m.status = 'listed' and m.seq > v.seq)
       where o.paid_at is not null and v.product = coalesce($product, v.product) and o.price_minor > 0
         and o.id not in (select order_id from sla_credit) and o.id not in (select order_id from entitlement_end)
       order by o.paid_at, o.id`,
      { product }
    )
    .flatMap((row): ReadonlyArray<SlaCredit> => {
      const [bought, next] = [JSON.parse(row.bought) as ProductVersion, JSON.parse(row.next) as ProductVersion]
      const late = lateUpdate(bought, next, row.minor)
      const retention = readDays(bought.offering.terms.retention ?? "") ?? Infinity
      // Who bought after the day was promised nothing for it, and whose retention was over needs it no longer.
      if (late === undefined || row.paidAt > late.dueAt) return []
      if (Date.parse(late.dueAt) >= Date.parse(row.paidAt) + retention * 86_400_000) return []
      return [
        {
          id: newId("sla"),
          order: row.order,
          buyer: row.buyer,
          product: bought.product,
          version: bought.version,
          lateVersion: next.version,
          dueAt: late.dueAt,
          arrivedAt: next.listedAt,
          lateDays: late.lateDays,
          periodFee: late.periodFee,
          share: late.share,
          amount: { minor: late.credit, currency: row.currency },
          state: "proposed",
          by: null,
          reason: null,
          creditNote: null
        }
      ]
    })
}

interface CreditRow {
  readonly document: string
  readonly state: SlaCredit["state"]
  readonly by: string | null
  readonly reason: string | null
  readonly creditNote: string | null
}

const select = "select document, state, by, reason, credit_note as creditNote from sla_credit"
const fromRow = ({ document, ...decided }: CreditRow): SlaCredit => ({
  ...(JSON.parse(document) as SlaCredit),
  ...decided
})

const readCredits = (db: Db, product: string | null): ReadonlyArray<SlaCredit> =>
  db
    .all<CreditRow>(`${select} order by at desc, id`)
    .map(fromRow)
    .filter((credit) => product === null || credit.product === product)

function readCredit(db: Db, id: string): SlaCredit {
  const found = db.get<CreditRow>(`${select} where id = $id`, { id })
  if (found !== undefined) return fromRow(found)
  throw new BadInput({
    code: "sla.unknown",
    message: `There is no credit ${id.slice(0, 60)}.`,
    fix: "assay sla list shows them.",
    where: { field: "credit" }
  })
}

function invoiceOf(db: Db, order: string): Invoice {
  const found = db.get<{ document: string }>(
    "select document from invoice where kind = 'invoice' and operation = $order",
    { order }
  )
  if (found !== undefined) return JSON.parse(found.document) as Invoice
  throw new Refused({
    code: "invoice.unpaid",
    message: `The order ${order} has no invoice to credit.`,
    fix: "Dismiss the proposal.",
    where: { field: "order" }
  })
}

const nobody = (): BadInput =>
  new BadInput({
    code: "sla.by",
    message: "A credit is decided by a named person, and dismissed for a reason.",
    fix: "Add --by NAME, and --reason TEXT to dismiss.",
    where: { field: "by" }
  })
