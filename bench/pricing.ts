/**
 * How many quotes a second from cached entropy on one core, against the price function alone? The difference is the evidence, the
 * canonical JSON and its hash. Target: 2,000 quotes a second, 20 ms for one.
 *
 *     node bench/pricing.ts
 */
import { price } from "#pricing/price/price.ts"
import { explainQuote } from "#pricing/quote/explainQuote.ts"
import { makeQuote } from "#pricing/quote/makeQuote.ts"
import { priceInputsAt } from "#pricing/quote/priceInputsAt.ts"
import { verifyQuote } from "#pricing/quote/verifyQuote.ts"
import { sampleRequest } from "../tests/pricing/quote/sampleQuote.ts"

const seconds = 1

function perSecond(work: (i: number) => unknown): number {
  for (let i = 0; i < 200; i++) work(i)
  const start = process.hrtime.bigint()
  let done = 0
  while (Number(process.hrtime.bigint() - start) < seconds * 1e9) work(done++)
  return Math.round(done / (Number(process.hrtime.bigint() - start) / 1e9))
}

const request = (i: number) => ({ ...sampleRequest, id: `quo_${i}` })
const text = JSON.stringify(makeQuote(sampleRequest))
const cold = process.hrtime.bigint()
makeQuote(request(0))
const result = {
  coldQuoteMillis: Number(process.hrtime.bigint() - cold) / 1e6,
  pricesPerSecond: perSecond(() => price(priceInputsAt(sampleRequest.inputs, sampleRequest.issuedAt).inputs)),
  quotesPerSecond: perSecond((i) => makeQuote(request(i))),
  explanationsPerSecond: perSecond(() => explainQuote(sampleRequest)),
  verificationsPerSecond: perSecond(() => verifyQuote(text))
}
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
