import { BIGINT, DOUBLE } from "@duckdb/node-api"
import { Effect } from "effect"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import { quoteText } from "#core/warehouse/quoteText.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { Noise } from "#privacy/dp/Noise.ts"
import { Rational } from "#privacy/dp/sampler/Rational.ts"
import { roundUpVariance } from "#privacy/dp/sampler/roundUpVariance.ts"
import type { Offer } from "#pricing/offer/Menu.ts"

/** What the certificate says of a noised column. */
export interface NoisedColumn {
  readonly name: string
  /** Of the noise that is in it, in the square of the column's unit. */
  readonly variance: number
  /** The grid that its values lie on. */
  readonly step: number
}

/**
 * Cuts an offer out of a version's file: its columns, its stratum, and for a lower accuracy fresh noise on every figure, so that the
 * whole noise is that of a release with the offer's share of rho. Rows keep their order.
 *
 * @param folder  holds both files; the engine reaches nothing else
 */
export const cutOffer = Effect.fn("cutOffer")(function* (
  folder: string,
  parquet: string,
  cut: string,
  offer: Offer,
  noised: ReadonlyArray<NoisedColumn>
) {
  const noise = yield* Noise
  yield* Effect.gen(function* () {
    const engine = yield* Warehouse
    const [count] = yield* engine.query<{ n: number }>("select count(*) as n from read_parquet($parquet)", { parquet })
    const rows = count!.n
    const degraded = offer.accuracy.value < 1 ? noised.filter(({ name }) => offer.columns.includes(name)) : []
    const draws: Array<ReadonlyArray<number>> = []
    for (const { variance, step } of degraded) {
      // sigma^2 (1/share - 1) more, in steps, rounded up; rho goes like 1/variance.
      const more = (variance / step ** 2) * (1 / offer.accuracy.value - 1)
      const drawn = yield* noise.gaussian(roundUpVariance(Rational(BigInt(Math.ceil(more * 2 ** 20)), 1n << 20n)), rows)
      draws.push(Array.from(drawn, (steps) => steps * step))
    }
    const names = degraded.map((_, i) => `n${i} double`)
    yield* engine.script(`create table noise (${["i bigint", ...names].join(", ")})`)
    const numbers = Array.from({ length: rows }, (_, i) => BigInt(i))
    yield* engine.append(
      { name: "noise", schema: "main" },
      [BIGINT, ...degraded.map(() => DOUBLE)],
      chunksOf([numbers, ...draws])
    )
    const types = yield* engine.query<{ column_name: string; column_type: string }>(
      "describe select * from read_parquet($parquet)",
      { parquet }
    )
    const columns = offer.columns.map((name) => {
      const i = degraded.findIndex((one) => one.name === name)
      const column = quoteIdentifier(name)
      const type = types.find((one) => one.column_name === name)!.column_type
      return i < 0 ? `v.${column}` : `cast(v.${column} + noise.n${i} as ${type}) as ${column}`
    })
    const where =
      offer.stratum === null
        ? "true"
        : `cast(v.${quoteIdentifier(offer.stratum.column)} as varchar) = ${quoteText(offer.stratum.value)}`
    yield* engine.run(
      `copy (
         select ${columns.join(", ")}
         from (select *, file_row_number as _row from read_parquet(${quoteText(parquet)}, file_row_number = true)) v
         join noise on noise.i = v._row where ${where} order by v._row
       ) to ${quoteText(cut)} (format parquet, compression zstd, row_group_size 122880)`
    )
  }).pipe(
    Effect.provide(Warehouse.layer({ path: ":memory:", spill: "", directories: [folder], memory: "1GB", threads: 1 }))
  )
})

const chunkRows = 2048
function* chunksOf(columns: ReadonlyArray<ReadonlyArray<bigint | number>>): Generator<Array<Array<bigint | number>>> {
  for (let from = 0; from < (columns[0]?.length ?? 0); from += chunkRows) {
    yield columns.map((column) => column.slice(from, from + chunkRows))
  }
}
