import { BadInput } from "#core/BadInput.ts"
import type { Db } from "#core/records/Records.ts"
import { charge } from "#pricing/tariff/charge.ts"
import { readTariffFile } from "#pricing/tariff/readTariffFile.ts"
import type { Invoice, InvoiceLine } from "./Invoice.ts"
import { issueInvoice } from "./issueInvoice.ts"
import type { Seal } from "./issueInvoice.ts"

interface TotalRow {
  readonly meter: string
  readonly product: string
  readonly version: string
  readonly quantity: number
  readonly chain: string
}

/**
 * Charges what one buyer used in one month by the tariffs in force, within the caller's transaction, and closes the month for that buyer:
 * what comes later is charged in the next. One invoice for each currency.
 *
 * Reading what was bought as a whole is part of its price, so the meters of shares and of lookups in it are shown and not charged.
 * The versions of a product share the tiers of their product's tariff, since a buyer's use does not start anew with an update.
 *
 * @param period  a month that has ended, such as `2026-10`
 * @throws        BadInput if something was used that has no tariff; nothing is closed then
 */
export function invoiceUsage(db: Db, seal: Seal, tenant: string, period: string, now: string): ReadonlyArray<Invoice> {
  const totals = db.all<TotalRow & object>(
    `select meter, product, version, quantity, lower(hex(chain)) as chain from usage_total
     where tenant = $tenant and period = $period and quantity <> 0 and meter not in ('share.query', 'share.bytes', 'lookup.owned')
     order by product, meter, version`,
    { tenant, period }
  )
  const byCurrency = new Map<string, Array<Omit<InvoiceLine, "tax" | "taxBasisPoints">>>()
  for (const [, versions] of Map.groupBy(totals, ({ product, meter }) => JSON.stringify([product, meter]))) {
    const { currency, lines } = linesOf(db, versions, period)
    byCurrency.set(currency, [...(byCurrency.get(currency) ?? []), ...lines])
  }
  const issued = [...byCurrency].map(([currency, lines]) =>
    issueInvoice(
      db,
      seal,
      { kind: "invoice", operation: `usage ${period} ${tenant} ${currency}`, buyer: tenant, period, currency, lines },
      now
    )
  )
  db.run(
    `insert into usage_closed values ($tenant, $period)
     on conflict do update set through = max(through, excluded.through)`,
    { tenant, period }
  )
  return issued
}

function linesOf(db: Db, versions: ReadonlyArray<TotalRow>, period: string) {
  const { product, meter } = versions[0]!
  const found = db.get<{ document: string; hash: string; since: string }>(
    `select document, hash, since from meter_tariff
     where product = $product and meter = $meter and since <= $day order by since desc limit 1`,
    { product, meter, day: `${period}-01` }
  )
  if (found === undefined) throw noTariff(product, meter, period)
  const { tariff } = readTariffFile(JSON.parse(found.document))
  let [before, charged] = [0, 0]
  const lines = versions.map(({ version, quantity, chain }) => {
    // What was taken back for earlier months is worth what it cost at the first tier, which is the dearest.
    const upTo = before + quantity
    const whole = charge(tariff, { units: BigInt(Math.abs(upTo)), scale: 0 })
    const total = Math.sign(upTo) * whole.fen
    const line = {
      product,
      version,
      meter,
      period,
      quantity: String(quantity),
      tiers: whole.lines.map(({ from, upTo: end, quantity: part, fen }) => ({
        from,
        upTo: end,
        quantity: part,
        minor: fen
      })),
      priceSnapshot: { id: `${product} ${meter} since ${found.since}`, hash: found.hash },
      evidence: chain,
      net: total - charged
    }
    ;[before, charged] = [upTo, total]
    return line
  })
  return { currency: tariff.currency, lines }
}

const noTariff = (product: string, meter: string, period: string): BadInput =>
  new BadInput({
    code: "invoice.tariff",
    message: `${product} was used by the meter ${meter} in ${period}, but no tariff was in force then.`,
    fix: `Declare one with: assay admin tariff FILE ${product} ${meter} --since ${period}-01`,
    where: { field: "tariff" }
  })
