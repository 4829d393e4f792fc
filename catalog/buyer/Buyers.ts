import { Context, DateTime, Effect, Layer } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Records } from "#core/records/Records.ts"
import type { Db, RecordsError } from "#core/records/Records.ts"

/** Who a buyer is in law, as a steward has checked it. */
export interface Buyer {
  readonly buyer: string
  readonly legalEntity: string
  /** ISO 3166-1 alpha-2. */
  readonly country: string
  readonly taxId: string | null
  /** ISO instant. */
  readonly verifiedAt: string
}

/** Buyers whose legal entity was checked; the others may buy what needs no such check. */
export class Buyers extends Context.Service<
  Buyers,
  {
    /** Notes what was checked; doing it again replaces it. */
    verify(buyer: Omit<Buyer, "verifiedAt">): Effect.Effect<Buyer, RecordsError>
    readonly list: Effect.Effect<ReadonlyArray<Buyer>, RecordsError>
  }
>()("catalog/Buyers") {
  static readonly layer: Layer.Layer<Buyers, never, Records> = Layer.effect(
    Buyers,
    Effect.gen(function* () {
      const records = yield* Records
      return Buyers.of({
        verify: Effect.fn("Buyers.verify")(function* (given: Omit<Buyer, "verifiedAt">) {
          const now = DateTime.formatIso(yield* DateTime.now)
          return yield* records.write((db) => {
            check(given)
            const { buyer, legalEntity, country, taxId } = given
            db.run(
              `insert into verified_buyer values ($buyer, $legalEntity, $country, $now)
               on conflict do update set legal_entity = excluded.legal_entity, country = excluded.country`,
              { buyer, legalEntity, country, now }
            )
            db.run("delete from buyer_tax_id where buyer = $buyer", { buyer })
            if (taxId !== null) db.run("insert into buyer_tax_id values ($buyer, $taxId)", { buyer, taxId })
            return readBuyer(db, buyer)!
          })
        }),
        list: records.read((db) => db.all<Buyer & object>(`${select} order by v.buyer`))
      })
    })
  )
}

const select = `select v.buyer, v.legal_entity as legalEntity, v.country, t.tax_id as taxId, v.verified_at as verifiedAt
  from verified_buyer v left join buyer_tax_id t on t.buyer = v.buyer`

/** What is known of a buyer, or undefined if nothing was checked. */
export const readBuyer = (db: Db, buyer: string): Buyer | undefined =>
  db.get<Buyer & object>(`${select} where v.buyer = $buyer`, { buyer })

function check({ buyer, legalEntity, country, taxId }: Omit<Buyer, "verifiedAt">): void {
  const bad = [
    ["buyer", buyer, /^[^\p{Cc}\p{Cs}]{1,200}$/u, "1 to 200 printable characters"],
    ["entity", legalEntity, /^[^\p{Cc}\p{Cs}]{1,200}$/u, "the registered name, 1 to 200 printable characters"],
    ["country", country, /^[A-Z]{2}$/, "two capital letters, such as CN or DE"],
    ["tax-id", taxId ?? "0", /^[0-9A-Z-]{1,30}$/, "digits, capital letters and hyphens"]
  ] as const
  for (const [field, value, form, rule] of bad) {
    if (form.test(value) && value.trim() === value) continue
    throw new BadInput({
      code: `buyer.${field}`,
      message: `The ${field} of the buyer is not in its form.`,
      fix: `Write ${rule}.`,
      where: { field }
    })
  }
}
