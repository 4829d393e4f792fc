import { canonicalJson } from "#core/json/canonicalJson.ts"
import { sha256Hex } from "#core/json/sha256Hex.ts"
import { price } from "../price/price.ts"
import { priceInputsAt } from "./priceInputsAt.ts"
import type { Quote } from "./Quote.ts"
import type { QuoteInputs } from "./QuoteInputs.ts"

/** What a quote is made from. */
export interface QuoteRequest {
  readonly id: string
  readonly product: string
  readonly version: string
  /** SHA-256 of the version's bytes. */
  readonly artefact: string
  /** Absent for the whole version. */
  readonly offer?: string
  readonly currency: string
  readonly inputs: QuoteInputs
  /** ISO instant in UTC. */
  readonly issuedAt: string
}

const lifeMillis = 24 * 60 * 60 * 1000

/**
 * Makes the quote of a request; the same request gives the same bytes.
 *
 * @throws  BadInput if the price is too large to be counted; RangeError if a stored input is out of its range
 * @source  pricing.md, A quote is a pure function of stored evidence
 */
export function makeQuote(request: QuoteRequest): Quote {
  const { id, product, version, artefact, offer, currency, inputs, issuedAt } = request
  const body = {
    format: "assay-quote/1",
    formula: "assay-price/1",
    id,
    product,
    version,
    artefact,
    ...(offer === undefined ? {} : { offer }),
    inputs,
    price: { minor: price(priceInputsAt(inputs, issuedAt).inputs).fen, currency },
    issuedAt,
    expiresAt: new Date(Date.parse(issuedAt) + lifeMillis).toISOString()
  } as const
  return { ...body, hash: sha256Hex(canonicalJson(body)) }
}
