import { assert, describe, it } from "@effect/vitest"
import { Effect, Exit } from "effect"
import { seededBits } from "#core/random/BitSource.ts"
import { gaussianRho } from "#privacy/dp/accounting/gaussianRho.ts"
import { rhoUnits } from "#privacy/dp/accounting/rhoUnits.ts"
import { Noise } from "#privacy/dp/Noise.ts"
import type { Rational } from "#privacy/dp/sampler/Rational.ts"
import { distanceSteps } from "#privacy/synthesis/mechanism/distanceSteps.ts"
import { Joining } from "#privacy/synthesis/mechanism/Joining.ts"
import { noisyDistances } from "#privacy/synthesis/mechanism/noisyDistances.ts"
import { Purse } from "#privacy/synthesis/mechanism/Purse.ts"
import { chain, countsOf, pairsOf, sourceOf } from "../generated.ts"

const table = chain("distances", [3, 4, 5, 2], 500)
const pairs = pairsOf(4)
const plain = Joining(table.sizes, [], () => false)
const model = (clique: ReadonlyArray<number>) =>
  new Float64Array(countsOf(table, clique).length).map((_, cell) => 20.37 + 3.1 * cell)

/** Noise of zero that remembers what it was asked for. */
const silent = (asked: Array<Rational>) =>
  Noise.of({
    gaussian: (variance: Rational, n: number) => Effect.sync(() => (asked.push(variance), new Float64Array(n)))
  } as unknown as Noise["Service"])

describe("noisy distances of many marginals", () => {
  it.effect("cost what their variance says at the sensitivity of all together, and no more than asked", () =>
    Effect.gen(function* () {
      for (const [cap, step, units] of [
        [1, 1024, 1_000_000n],
        [3, 1, 999_983n],
        [7, 64, 5_000_000_000n]
      ] as const) {
        const asked: Array<Rational> = []
        const purse = Purse(units)
        yield* Effect.provideService(
          noisyDistances(sourceOf(table, cap), purse, units, plain, pairs, model, step),
          Noise,
          silent(asked)
        )
        const squared = BigInt(pairs.length * (cap * step) ** 2)
        assert.strictEqual(units - purse.left, rhoUnits.chargeExact(gaussianRho(squared, asked[0]!)))
        // A variance rounded up leaves a little, and wastes at most a tenth.
        assert.isAtLeast(Number(units - purse.left), 0.9 * Number(units))
      }
    })
  )

  it.effect("move by no more than the stated sensitivity when the rows of one subject are left out", () =>
    Effect.gen(function* () {
      const [cap, step] = [3, 256]
      const of = (rows: number) =>
        Effect.provideService(
          noisyDistances(sourceOf({ ...table, rows }, cap), Purse(1_000_000n), 1_000_000n, plain, pairs, model, step),
          Noise,
          silent([])
        )
      const whole = yield* of(500)
      const without = yield* of(500 - cap)
      const moved = whole.map((distance, i) => Math.abs(distance - without[i]!))
      assert(moved.every((own) => own <= cap))
      assert.isAtMost(Math.hypot(...moved), Math.sqrt(pairs.length) * cap)
      assert.isAbove(Math.hypot(...moved), 0)
    })
  )

  it.effect("are paid before a table is read; an empty purse reads nothing", () =>
    Effect.gen(function* () {
      const purse = Purse(1000n)
      const seen: Array<bigint> = []
      const source = {
        ...sourceOf(table),
        counts: (clique: ReadonlyArray<number>) => Effect.sync(() => (seen.push(purse.left), countsOf(table, clique)))
      }
      const look = (units: bigint) => noisyDistances(source, purse, units, plain, pairs, model, 1)
      assert(Exit.isFailure(yield* Effect.exit(look(2000n))))
      assert.deepStrictEqual(seen, [])
      yield* look(900n)
      assert.isAtMost(Number(seen[0]!), 200)
    }).pipe(Effect.provide(Noise.layerOver(seededBits("paid first"))))
  )

  it.effect("are the true ones but for the noise", () =>
    Effect.gen(function* () {
      const found = yield* noisyDistances(sourceOf(table), Purse(1n << 62n), 1n << 60n, plain, pairs, model, 1024)
      for (const [i, clique] of pairs.entries()) {
        assert.closeTo(found[i]!, distanceSteps(countsOf(table, clique), model(clique), 1024) / 1024, 0.05)
      }
    }).pipe(Effect.provide(Noise.layerOver(seededBits("near"))))
  )
})
