/**
 * How many quotes a second from cached entropy on one core, against the price function alone? The difference is the evidence, the
 * canonical JSON and its hash. Target: 2,000 quotes a second, 20 ms for one.
 *
 * How long does the smallest dataset of a scenario take on a released table of 40 columns and a million rows, and how much of that is
 * drawing the sample? Target: 10 s. How long does it take to attack every offer of a menu of 200? Target: 5 s.
 *
 *     node bench/pricing.ts
 */
import { Effect } from "effect"
import type { Session } from "#core/warehouse/Session.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { attackMenu } from "#pricing/attack/attackMenu.ts"
import { codedSample } from "#pricing/depth/codedSample.ts"
import { entropyOracle } from "#pricing/depth/entropyOracle.ts"
import { price } from "#pricing/price/price.ts"
import { explainQuote } from "#pricing/quote/explainQuote.ts"
import { makeQuote } from "#pricing/quote/makeQuote.ts"
import { priceInputsAt } from "#pricing/quote/priceInputsAt.ts"
import { verifyQuote } from "#pricing/quote/verifyQuote.ts"
import { mvds } from "#pricing/scenario/mvds.ts"
import { readScenario } from "#pricing/scenario/readScenario.ts"
import { formulaMenu } from "../tests/pricing/attack/formulaMenu.ts"
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
const coldQuoteMillis = Number(process.hrtime.bigint() - cold) / 1e6
const secondsSince = (start: bigint): number => Number(process.hrtime.bigint() - start) / 1e9

/** Half of the columns are mandatory and every one is asked for, so the search walks through all of them. */
const smallestDataset = Effect.gen(function* () {
  const warehouse = yield* Warehouse
  const names = Array.from({ length: 40 }, (_, i) => `c${i}`)
  const columns = names.map((name, i) => `hash(i, ${i}) % ${2 + ((i * 7) % 30)} as ${name}`)
  yield* warehouse.run(`create table released as select ${columns.join(", ")} from range(1000000) t(i)`)
  const scenario = readScenario({
    scenario: "bench",
    purpose: "p",
    required: names.slice(0, 20),
    optional: names.slice(20),
    threshold: 99
  })
  const groups = names.map((name) => ({ name, columns: [{ name }] }))
  const start = process.hrtime.bigint()
  return yield* warehouse.transaction((session: Session) =>
    Effect.gen(function* () {
      const sampled = names.map((name) => ({ name, measure: false }))
      const sample = yield* codedSample(session, "released", sampled, 1)
      const sampleSeconds = secondsSince(start)
      const entropy = entropyOracle(session, sample)
      let sets = 0
      const bitsOf = (set: ReadonlyArray<string>) =>
        Effect.map(entropy(set), (bits) => {
          sets++
          return { low: bits, high: bits }
        })
      const offered = { purposes: ["p"], strata: {}, quality: {} }
      const found = yield* mvds(scenario, groups, offered, bitsOf, sampleRequest.issuedAt)
      return {
        mvdsSeconds: secondsSince(start),
        sampleSeconds,
        sets,
        columns: found.steps.length,
        reached: found.reached
      }
    })
  )
}).pipe(Effect.provide(Warehouse.memory))

const menu = formulaMenu("bench", 12, 8, 200)
const attackStart = process.hrtime.bigint()
const verdicts = attackMenu(menu).map(({ verdict }) => verdict)
const attackSeconds = secondsSince(attackStart)

const result = {
  attackSeconds,
  attackSafe: verdicts.filter((verdict) => verdict === "safe").length,
  ...(await Effect.runPromise(smallestDataset)),
  coldQuoteMillis,
  pricesPerSecond: perSecond(() => price(priceInputsAt(sampleRequest.inputs, sampleRequest.issuedAt).inputs)),
  quotesPerSecond: perSecond((i) => makeQuote(request(i))),
  explanationsPerSecond: perSecond(() => explainQuote(sampleRequest)),
  verificationsPerSecond: perSecond(() => verifyQuote(text))
}
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
