/**
 * Does the product designer answer while a steward types (target: p50 100 ms)? Server side, without the network.
 *
 *     node bench/design.ts HOME
 *
 * HOME is a demo (`node main.ts demo --home HOME`), on which no server runs. Each of its products is edited 40 times: epsilon and base
 * price in turn, so that the curve is remembered as it is on the page. One warm-up each.
 */
import { Effect, Layer, ManagedRuntime } from "effect"
import { StewardViews } from "#dashboard/server/face/steward/StewardViews.ts"
import { stewardViewsLayer } from "#dashboard/server/face/steward/stewardViewsLayer.ts"
import { houseApp } from "../app.ts"

const home = process.argv[2]
if (home === undefined) throw new Error("Name the folder of a demo home.")
const runtime = ManagedRuntime.make(stewardViewsLayer.pipe(Layer.provideMerge(houseApp(home))))
const ask = <A, E>(effect: Effect.Effect<A, E, StewardViews>): Promise<A> => runtime.runPromise(effect)

const { products } = await ask(StewardViews.use((views) => views.drafts))
for (const { product, draft } of products) {
  const millis: Array<number> = []
  const file = draft as { readonly release: object; readonly price: object }
  for (let i = 0; i <= 40; i++) {
    const edited = {
      ...file,
      release: { ...file.release, epsilon: 0.5 + (i % 20) / 20 },
      price: { ...file.price, base: `${10_000 + i}.00 CNY` }
    }
    const began = performance.now()
    await ask(StewardViews.use((views) => views.design(edited)))
    if (i > 0) millis.push(performance.now() - began)
  }
  millis.sort((a, b) => a - b)
  const at = (share: number): string => millis[Math.floor(share * (millis.length - 1))]!.toFixed(1)
  console.log(`${product}: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, fastest ${at(0)} ms`)
}
await runtime.dispose()
