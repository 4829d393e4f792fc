import type { Db } from "#core/records/Records.ts"
import { accounts } from "../ledger/accounts.ts"
import { postEntry } from "../ledger/postEntry.ts"
import type { Order } from "../order/Order.ts"
import { readQuote } from "../quote/readQuote.ts"
import type { Invoice } from "./Invoice.ts"
import { issueInvoice } from "./issueInvoice.ts"
import type { Seal } from "./issueInvoice.ts"

/**
 * Issues the invoice of an order whose money has come, and posts the payment, within the transaction that notes it.
 *
 * @param now  ISO instant
 */
export function invoiceOrder(db: Db, seal: Seal, order: Order, now: string): Invoice {
  const quote = readQuote(db, order.quote)!
  const invoice = issueInvoice(
    db,
    seal,
    {
      kind: "invoice",
      operation: order.id,
      buyer: order.buyer,
      period: now.slice(0, 7),
      currency: order.price.currency,
      lines: [
        {
          product: order.product,
          version: order.version,
          meter: "licence",
          period: now.slice(0, 7),
          quantity: "1",
          tiers: [{ from: "0", upTo: "1", quantity: "1", minor: order.price.minor }],
          priceSnapshot: { id: quote.id, hash: quote.hash },
          evidence: order.id,
          net: order.price.minor
        }
      ]
    },
    now
  )
  postEntry(db, {
    kind: "payment",
    operation: order.id,
    currency: invoice.currency,
    at: now,
    note: invoice.number,
    lines: [
      { account: accounts.bank, minor: invoice.gross },
      { account: accounts.receivable(order.buyer), minor: -invoice.gross }
    ]
  })
  return invoice
}
