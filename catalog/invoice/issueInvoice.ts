import type { Home } from "#core/home/Home.ts"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { sha256Hex } from "#core/json/sha256Hex.ts"
import type { Log } from "#core/log/Log.ts"
import type { Db } from "#core/records/Records.ts"
import { readBuyer } from "../buyer/Buyers.ts"
import { accounts } from "../ledger/accounts.ts"
import { marketNumber } from "../life/marketNumber.ts"
import { postEntry } from "../ledger/postEntry.ts"
import type { Invoice, InvoiceLine } from "./Invoice.ts"
import { taxOn, taxRateOf } from "./taxOf.ts"

/** What an invoice is made of before it has a number and tax. */
export interface InvoiceDraft {
  readonly kind: Invoice["kind"]
  readonly operation: string
  readonly buyer: string
  readonly period: string
  readonly currency: string
  readonly lines: ReadonlyArray<Omit<InvoiceLine, "tax" | "taxBasisPoints">>
  readonly credits?: NonNullable<Invoice["credits"]>
  /** Rates by line where they are not today's: a credit note takes back at the rate that was charged. */
  readonly taxBasisPoints?: ReadonlyArray<number>
}

/** Where what was issued is committed to. */
export interface Seal {
  readonly log: Log["Service"]
  readonly home: Home["Service"]
}

/**
 * Issues an invoice or credit note within the caller's transaction: number, tax, journal entry and log entry come together or not at all.
 * The same kind and operation again gives the document that was issued then.
 *
 * @param now  ISO instant
 */
export function issueInvoice(db: Db, seal: Seal, draft: InvoiceDraft, now: string): Invoice {
  const { kind, operation, buyer, period, currency, credits } = draft
  const before = db.get<{ document: string }>(
    "select document from invoice where kind = $kind and operation = $operation",
    { kind, operation }
  )
  if (before !== undefined) return JSON.parse(before.document) as Invoice
  const known = readBuyer(db, buyer)
  const { country, basisPoints } = taxRateOf(db, known, now)
  const lines = draft.lines.map((line, i) => {
    const rate = draft.taxBasisPoints?.[i] ?? basisPoints
    return { ...line, taxBasisPoints: rate, tax: taxOn(line.net, rate) }
  })
  const net = lines.reduce((sum, line) => sum + line.net, 0)
  const tax = lines.reduce((sum, line) => sum + line.tax, 0)
  const number = nextNumber(db, kind, now)
  const invoice: Invoice = {
    format: "assay-invoice/1",
    number,
    settlement: marketNumber("settlement", number, now),
    kind,
    operation,
    buyer:
      known === undefined
        ? { buyer }
        : { buyer, legalEntity: known.legalEntity, country: known.country, taxId: known.taxId },
    period,
    currency,
    issuedAt: now,
    lines,
    net,
    tax,
    gross: net + tax,
    ...(credits === undefined ? {} : { credits })
  }
  keep(db, invoice, seal)
  postEntry(db, {
    kind,
    operation: invoice.number,
    currency,
    at: now,
    note: operation,
    lines: [
      { account: accounts.receivable(buyer), minor: net + tax },
      ...lines.map((line) => ({ account: accounts.revenue(line.product), minor: -line.net })),
      { account: accounts.tax(country), minor: -tax }
    ]
  })
  return invoice
}

function keep(db: Db, invoice: Invoice, { log, home }: Seal): void {
  const document = canonicalJson(invoice)
  const hash = sha256Hex(document)
  db.run(
    `insert into invoice values ($number, $kind, $buyer, $period, $operation, $currency, $net, $tax, $at, $document, $hash)`,
    {
      number: invoice.number,
      kind: invoice.kind,
      buyer: invoice.buyer.buyer,
      period: invoice.period,
      operation: invoice.operation,
      currency: invoice.currency,
      net: invoice.net,
      tax: invoice.tax,
      at: invoice.issuedAt,
      document,
      hash
    }
  )
  // Keyed, since the hash of an invoice with guessable names could be searched for.
  log.append(db, { type: "order", operation: invoice.number, commitment: home.hmac("invoice", document) })
}

function nextNumber(db: Db, kind: Invoice["kind"], now: string): string {
  const beginning = `${kind === "invoice" ? "INV" : "CN"}-${now.slice(0, 4)}-`
  const { count } = db.get<{ count: number }>(
    "select count(*) as count from invoice where kind = $kind and substr(number, 1, length($beginning)) = $beginning",
    { kind, beginning }
  )!
  return beginning + String(count + 1).padStart(6, "0")
}
