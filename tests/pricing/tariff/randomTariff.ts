import type { BitSource } from "#core/random/BitSource.ts"
import type { Tariff } from "#pricing/tariff/Tariff.ts"

/** A graduated tariff of one to four tiers whose rates do not rise. */
export function randomTariff(bits: BitSource): Tariff {
  const count = 1 + (bits.u32() % 4)
  let end = 0n
  let rate = BigInt(1 + (bits.u32() % 100_000))
  const made = Array.from({ length: count }, (_, i) => {
    end += BigInt(1 + (bits.u32() % 1_000_000))
    rate -= rate === 0n ? 0n : BigInt(bits.u32()) % (rate + 1n)
    return { upTo: i === count - 1 ? null : { units: end, scale: 2 }, rate: { units: rate, scale: 3 } }
  })
  return { currency: "CNY", tiers: made }
}
