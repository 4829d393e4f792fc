import { Effect } from "effect"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { generateSample } from "#pipelines/sources/sample/generateSample.ts"
import type { SampleOptions } from "#pipelines/sources/sample/generateSample.ts"

export const usual: SampleOptions = { seed: 7, subjects: 500, asOf: "2026-03-31" }

/** Generates a sample in a warehouse of its own and answers one question about it. */
export const sampleOf = <A, E>(options: SampleOptions, use: (warehouse: Warehouse["Service"]) => Effect.Effect<A, E>) =>
  Effect.gen(function* () {
    yield* generateSample(options, () => {})
    return yield* use(yield* Warehouse)
  }).pipe(Effect.provide(Warehouse.memory))

/** One row of numbers. */
export const numbers = (warehouse: Warehouse["Service"], sql: string) =>
  Effect.map(warehouse.query<Record<string, number>>(sql), (rows) => rows[0]!)
