import { Deferred, Effect, Semaphore } from "effect"
import type { Asset } from "./Asset.ts"

/**
 * Does some work for each asset after it was done for what the asset reads, for at most `parallel` at a time and in no pool for more than its limit. One
 * at a time keeps the given order, which must have each asset behind what it reads.
 */
export const inOrder = <A, E, R>(
  assets: ReadonlyArray<Asset>,
  parallel: number,
  work: (asset: Asset) => Effect.Effect<A, E, R>
): Effect.Effect<void, E, R> => {
  if (parallel <= 1) return Effect.forEach(assets, work, { discard: true })
  return Effect.gen(function* () {
    const all = yield* Semaphore.make(parallel)
    const done = new Map(assets.map(({ key }) => [key, Deferred.makeUnsafe<void>()]))
    const pools = new Map<string, Semaphore.Semaphore>()
    for (const [name, members] of Map.groupBy(
      assets.filter(({ pool }) => pool !== undefined),
      ({ pool }) => pool!.name
    )) {
      pools.set(name, yield* Semaphore.make(Math.min(...members.map(({ pool }) => pool!.limit))))
    }
    yield* Effect.forEach(
      assets,
      (asset) =>
        Effect.gen(function* () {
          for (const dep of asset.deps) yield* done.get(dep)?.pipe(Deferred.await) ?? Effect.void
          const pooled =
            asset.pool === undefined
              ? work(asset)
              : pools.get(asset.pool.name)!.withPermits(1)(all.withPermits(1)(work(asset)))
          yield* asset.pool === undefined ? all.withPermits(1)(pooled) : pooled
          yield* Deferred.succeed(done.get(asset.key)!, undefined)
        }),
      { concurrency: "unbounded", discard: true }
    )
  })
}
