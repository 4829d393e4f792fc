import { writeFileSync } from "node:fs"
import type { BitSource } from "#core/random/BitSource.ts"
import { uniformInt } from "#core/random/uniformInt.ts"

/** One person of a made population: columns that go together, two of them numbers. */
export type Person = ReadonlyArray<string>

export const header = ["region", "size", "plan", "seats", "spend", "churned", "channel"] as const

/** People drawn independently from one law. */
export function people(n: number, bits: BitSource): ReadonlyArray<Person> {
  const u = (): number => (bits.u32() + 0.5) / 4_294_967_296
  return Array.from({ length: n }, () => {
    const region = Math.floor(8 * u() ** 2)
    const size = Math.floor(4 * u())
    const plan = u() < 0.7 ? size : uniformInt(bits, 4)
    const seats = Math.round(Math.exp(1 + size + 0.8 * Math.sqrt(-2 * Math.log(u())) * Math.cos(6.283 * u())))
    const spend = (seats * (10 + 5 * plan) * (0.8 + 0.4 * u())).toFixed(2)
    const churned = u() < (plan === 0 ? 0.5 : 0.15 + 0.03 * region) ? "yes" : "no"
    const channel = u() < 0.05 ? "" : `c${Math.floor(5 * u())}`
    return [`r${region}`, `s${size}`, `p${plan}`, String(seats), spend, churned, channel]
  })
}

export const writePeople = (file: string, list: ReadonlyArray<Person>): void =>
  writeFileSync(file, [header.join(","), ...list.map((one) => one.join(","))].join("\n"))
