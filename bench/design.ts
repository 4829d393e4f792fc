/**
 * Does the product designer answer while a steward types? Server side, without the network. Targets: p50 40 ms of CPU, p99 100 ms on a quiet machine.
 *
 *     node bench/design.ts HOME
 *
 * HOME is a demo (`node main.ts demo --home HOME`), on which no server runs. Each of its products is edited 100 times in two ways: `terms` changes epsilon
 * and base price, so that the curve of errors is remembered as it is on the page; `shape` changes how often a subject counts, so that all is reckoned anew.
 * Five warm-ups each. CPU is that of the whole process with the engine's threads.
 */
import { Effect, Layer, ManagedRuntime } from "effect"
import { loadavg } from "node:os"
import { Asking } from "#dashboard/server/Asking.ts"
import type { Asker } from "#dashboard/server/Asking.ts"
import { StewardViews } from "#dashboard/server/face/steward/StewardViews.ts"
import { stewardViewsLayer } from "#dashboard/server/face/steward/stewardViewsLayer.ts"
import { houseApp } from "../app.ts"

interface Draft {
  readonly release: { readonly bounds?: object; readonly rows?: number }
  readonly price: object
}

const [warmUps, edits] = [5, 100]
const home = process.argv[2]
if (home === undefined) throw new Error("Name the folder of a demo home.")
const runtime = ManagedRuntime.make(stewardViewsLayer.pipe(Layer.provideMerge(houseApp(home))))
/** A steward who may see every field; asked by nobody, the views hide all of them. */
const steward: Asker = { masksOf: (fields) => new Map(fields.map(({ name }) => [name, "plain"])), session: "bench" }
const ask = <A, E>(effect: Effect.Effect<A, E, StewardViews>): Promise<A> =>
  runtime.runPromise(Effect.provideService(effect, Asking, steward))

const terms = ({ release, price, ...rest }: Draft, i: number): object => ({
  ...rest,
  release: { ...release, epsilon: 0.5 + (i % 20) / 20 },
  price: { ...price, base: `${10_000 + i}.00 CNY` }
})
const shape = ({ release, ...rest }: Draft, i: number): object => ({
  ...rest,
  release:
    release.bounds === undefined
      ? { ...release, rows: 1000 + i }
      : { ...release, bounds: { ...release.bounds, groups_per_subject: 2 + i } }
})

const cpuMillis = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
const round = (value: number): number => Math.round(value * 10) / 10

console.log(JSON.stringify({ load: loadavg()[0] }))
const { products } = await ask(StewardViews.use((views) => views.drafts))
for (const { product, draft } of products) {
  for (const edit of [terms, shape]) {
    const [millis, cpus]: [Array<number>, Array<number>] = [[], []]
    let refused = 0
    for (let i = 0; i < warmUps + edits; i++) {
      const edited = edit(draft as unknown as Draft, i)
      const [began, cpu] = [performance.now(), cpuMillis()]
      const { refusals } = await ask(StewardViews.use((views) => views.design(edited)))
      if (i < warmUps) continue
      if (refusals.length > 0) refused += 1
      millis.push(performance.now() - began)
      cpus.push(cpuMillis() - cpu)
    }
    const at = (values: ReadonlyArray<number>, share: number): number =>
      round(values.toSorted((a, b) => a - b)[Math.floor(share * (values.length - 1))]!)
    console.log(
      JSON.stringify({
        product,
        edit: edit.name,
        p50: at(millis, 0.5),
        p95: at(millis, 0.95),
        p99: at(millis, 0.99),
        cpuP50: at(cpus, 0.5),
        cpuP99: at(cpus, 0.99),
        refused
      })
    )
  }
}
await runtime.dispose()
