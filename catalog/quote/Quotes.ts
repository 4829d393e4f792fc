import { Context, DateTime, Effect, Layer } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { newId } from "#core/ids/newId.ts"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { Log } from "#core/log/Log.ts"
import { Records } from "#core/records/Records.ts"
import type { Db, RecordsError } from "#core/records/Records.ts"
import { Refused } from "#core/Refused.ts"
import { reckon } from "#pricing/evidence/reckon.ts"
import { offerInputs } from "#pricing/offer/offerInputs.ts"
import { firstDifference } from "#pricing/quote/firstDifference.ts"
import { makeQuote } from "#pricing/quote/makeQuote.ts"
import type { Quote } from "#pricing/quote/Quote.ts"
import { verifyQuote } from "#pricing/quote/verifyQuote.ts"
import { requireRecipient } from "../consented/requireRecipient.ts"
import { requireOnSale } from "../life/requireOnSale.ts"
import { Catalog } from "../product/Catalog.ts"
import { menuOf } from "../product/menuOf.ts"
import { requireThawed } from "../recall/requireThawed.ts"
import { readQuote } from "./readQuote.ts"

/** A quote that holds, and what the clock and the records say of it. */
export interface QuoteVerdict {
  readonly quote: Quote
  /** It may no longer be ordered. */
  readonly expired: boolean
  /** This home has it on record. A quote of another home can be sound and yet unknown here. */
  readonly issuedHere: boolean
}

/** Prices that may be ordered for a day, made from stored evidence and kept as they were made. */
export class Quotes extends Context.Service<
  Quotes,
  {
    /** Quotes a product's newest listed version, or the version asked for: whole, or one offer of its menu. */
    create(product: string, version?: string, offer?: string): Effect.Effect<Quote, RecordsError>
    /** The quote as it was issued. Fails with `BadInput` if it is unknown. */
    get(id: string): Effect.Effect<Quote, RecordsError>
    /** Recomputes a quote from its own text and compares it with the one on record; `Refused` names what was changed. */
    verify(text: string): Effect.Effect<QuoteVerdict, RecordsError>
  }
>()("catalog/Quotes") {
  static readonly layer: Layer.Layer<Quotes, never, Records | Log | Catalog> = Layer.effect(
    Quotes,
    Effect.gen(function* () {
      const records = yield* Records
      const log = yield* Log
      const catalog = yield* Catalog

      const create = Effect.fn("Quotes.create")(function* (product: string, version?: string, asked?: string) {
        const { version: stored, inputs: whole, at } = yield* catalog.show(product, version)
        const offer = asked === "full" ? undefined : asked
        const inputs = yield* reckon(() => (offer === undefined ? whole : offerInputs(whole, menuOf(stored), offer)))
        return yield* records.write((db) => {
          requireOnSale(db, product)
          requireThawed(db, product)
          requireRecipient(stored, undefined, at)
          const quote = makeQuote({
            id: newId("quo"),
            product,
            version: stored.version,
            artefact: stored.artefact,
            ...(offer === undefined ? {} : { offer }),
            currency: stored.currency,
            inputs,
            issuedAt: at
          })
          insertQuote(db, stored.id, quote)
          log.append(db, { type: "price", operation: quote.id, commitment: quote.hash })
          return quote
        })
      })

      const get = Effect.fn("Quotes.get")((id: string) =>
        records.read((db) => {
          const quote = readQuote(db, id)
          if (quote === undefined) throw unknownQuote(id)
          return quote
        })
      )

      const verify = Effect.fn("Quotes.verify")(function* (text: string) {
        const now = DateTime.formatIso(yield* DateTime.now)
        return yield* records.read((db): QuoteVerdict => {
          const quote = verifyQuote(text)
          const issued = readQuote(db, quote.id)
          if (issued !== undefined && issued.hash !== quote.hash) throw notAsIssued(issued, quote)
          return { quote, expired: now >= quote.expiresAt, issuedHere: issued !== undefined }
        })
      })

      return Quotes.of({ create, get, verify })
    })
  )
}

function insertQuote(db: Db, versionId: string, quote: Quote): void {
  db.run(
    `insert into quote (id, version_id, hash, issued_at, expires_at, document)
     values ($id, $versionId, $hash, $issuedAt, $expiresAt, $document)`,
    {
      id: quote.id,
      versionId,
      hash: quote.hash,
      issuedAt: quote.issuedAt,
      expiresAt: quote.expiresAt,
      document: canonicalJson(quote)
    }
  )
}

const unknownQuote = (id: string): BadInput =>
  new BadInput({
    code: "quote.unknown",
    message: `There is no quote ${id.slice(0, 60)}.`,
    fix: "Ask for one with `assay quote PRODUCT`.",
    where: { field: "quote" }
  })

/** Consistent in itself, under the id of another: someone recomputed the hash. */
function notAsIssued(issued: Quote, given: Quote): Refused {
  const path = firstDifference({ ...issued, hash: given.hash }, given) ?? "hash"
  return new Refused({
    code: "quote.changed",
    message: `The quote is not the one that was issued under its id: ${path} is not what it was.`,
    fix: "Use the file exactly as it was issued, or ask for a new quote.",
    where: { field: path }
  })
}
