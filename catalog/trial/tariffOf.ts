import type { Db } from "#core/records/Records.ts"
import { readTariffFile } from "#pricing/tariff/readTariffFile.ts"
import type { Tariff } from "#pricing/tariff/Tariff.ts"

/** The meter of single lookups that are paid for one by one; those of a version that was bought are shown and not charged. */
export const callMeter = "lookup"

/** What a lookup of a product costs in a month, as the invoice of that month will charge it; undefined if nothing was declared. */
export function tariffOf(db: Db, product: string, period: string): Tariff | undefined {
  const found = db.get<{ document: string }>(
    `select document from meter_tariff
     where product = $product and meter = $meter and since <= $day order by since desc limit 1`,
    { product, meter: callMeter, day: `${period}-01` }
  )
  return found === undefined ? undefined : readTariffFile(JSON.parse(found.document)).tariff
}
