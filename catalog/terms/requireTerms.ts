import type { Db } from "#core/records/Records.ts"
import { Refused } from "#core/Refused.ts"
import { requireUnblocked } from "../buyer/blockBuyer.ts"
import { readBuyer } from "../buyer/Buyers.ts"
import { requireRecipient } from "../consented/requireRecipient.ts"
import type { ProductVersion } from "../product/ProductVersion.ts"

/** Who wants to use a version, and for what. */
export interface IntendedUse {
  readonly buyer: string
  /** One of the terms' purposes; left out, the product's own. */
  readonly purpose?: string
}

/** Where the house is; a buyer who was not verified is taken to be there too. */
const home = "CN"
const everywhere = new Set(["*", "global", "worldwide"])

/**
 * Decides whether a buyer may use a version in this way: at the order, and again at every delivery, since what is known of a buyer changes.
 *
 * @param now  ISO instant
 * @returns    the purpose that was decided on
 * @throws     Refused for a buyer who is barred, for a purpose or a country outside the terms, and for a buyer abroad while the cross-border gate G10 is not passed
 */
export function requireTerms(db: Db, version: ProductVersion, { buyer, purpose }: IntendedUse, now: string): string {
  const { terms, scenario } = version.offering
  requireUnblocked(db, buyer)
  const wanted = purpose ?? (terms.purposes.includes(scenario.purpose) ? scenario.purpose : terms.purposes[0]!)
  requireRecipient(version, buyer, now)
  // Of consented rows each licence was asked for this one purpose.
  if (version.consented !== undefined && wanted !== scenario.purpose) throw wrongPurpose(wanted, [scenario.purpose])
  if (!terms.purposes.includes(wanted)) throw wrongPurpose(wanted, terms.purposes)
  const country = readBuyer(db, buyer)?.country ?? home
  if (!terms.territory.some((one) => one === country || everywhere.has(one.toLowerCase())))
    throw wrongCountry(country, terms.territory)
  if (country !== home && !passedBorder(db, version.product, now)) throw noBorder(country)
  return wanted
}

/** A person vouched for the transfer, and it is in date. */
const passedBorder = (db: Db, product: string, now: string): boolean =>
  db.get(
    `select 1 as one from index_evidence
     where product = $product and item = 'G10' and value >= 1 and withdrawn_at is null and at <= $now and expires_at > $now`,
    { product, now }
  ) !== undefined

const wrongPurpose = (purpose: string, purposes: ReadonlyArray<string>): Refused =>
  new Refused({
    code: "terms.purpose",
    message: `The terms do not allow the purpose ${purpose.slice(0, 80)}.`,
    fix: `Order it for one of ${purposes.join(", ")}, or ask the seller for other terms.`,
    where: { field: "purpose" }
  })

const wrongCountry = (country: string, territory: ReadonlyArray<string>): Refused =>
  new Refused({
    code: "terms.territory",
    message: `The product may not be used in ${country}.`,
    fix: `It is sold for use in ${territory.join(", ")}.`,
    where: { field: "territory" }
  })

const noBorder = (country: string): Refused =>
  new Refused({
    code: "terms.cross-border",
    message: `The transfer to ${country} was not assessed: gate G10 is not passed.`,
    fix: "A steward records the assessment with: assay evidence PRODUCT G10 --value 1 --by NAME --note TEXT --days 365",
    where: { field: "G10" }
  })
