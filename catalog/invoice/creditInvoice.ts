import { BadInput } from "#core/BadInput.ts"
import type { Db } from "#core/records/Records.ts"
import { Refused } from "#core/Refused.ts"
import type { Invoice } from "./Invoice.ts"
import { issueInvoice } from "./issueInvoice.ts"
import type { Seal } from "./issueInvoice.ts"

/** A part of an invoice that is given back. */
export interface Credit {
  readonly invoice: Invoice
  /** Names what it is for: the same operation again credits nothing more. */
  readonly operation: string
  /** In (0, 1]. */
  readonly share: number
  readonly reason: string
}

/**
 * Issues a credit note over a share of every line of an invoice, at the tax that was charged. All notes together never exceed the invoice.
 *
 * @throws  BadInput for a share outside (0, 1]; Refused if less than that is left of the invoice
 */
export function creditInvoice(db: Db, seal: Seal, { invoice, operation, share, reason }: Credit, now: string): Invoice {
  if (!(share > 0 && share <= 1)) {
    throw new BadInput({
      code: "credit.share",
      message: "A credit is a share above 0 and at most 1 of the invoice.",
      fix: "Write 1 to give all of it back.",
      where: { field: "share" }
    })
  }
  const known = db.get<{ document: string }>(
    "select document from invoice where kind = 'credit note' and operation = $operation",
    { operation }
  )
  if (known !== undefined) return JSON.parse(known.document) as Invoice
  const credited = db
    .all<{ document: string }>("select document from invoice where kind = 'credit note' and buyer = $buyer", {
      buyer: invoice.buyer.buyer
    })
    .map(({ document }) => JSON.parse(document) as Invoice)
    .filter(({ credits }) => credits?.number === invoice.number)
    .reduce((sum, { net }) => sum - net, 0)
  const lines = invoice.lines.map(({ tax: _tax, taxBasisPoints: _rate, ...line }) => {
    // The customer's favour where a share is no whole fen.
    const net = -Math.min(line.net, Math.ceil(line.net * share))
    return { ...line, tiers: [], net }
  })
  if (credited - lines.reduce((sum, { net }) => sum + net, 0) > invoice.net) {
    throw new Refused({
      code: "credit.exceeds",
      message: `Less than that is left of ${invoice.number}: credit notes may not exceed their invoice.`,
      fix: "Credit a smaller share.",
      where: { field: "share" }
    })
  }
  return issueInvoice(
    db,
    seal,
    {
      kind: "credit note",
      operation,
      buyer: invoice.buyer.buyer,
      period: now.slice(0, 7),
      currency: invoice.currency,
      lines,
      credits: { number: invoice.number, reason },
      taxBasisPoints: invoice.lines.map(({ taxBasisPoints }) => taxBasisPoints)
    },
    now
  )
}
