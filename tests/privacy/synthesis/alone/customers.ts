import { mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { NodeServices } from "@effect/platform-node"
import { Effect, Layer } from "effect"
import { seededBits } from "#core/random/BitSource.ts"
import { uniformInt } from "#core/random/uniformInt.ts"
import type { ColumnDomain } from "#core/release/ColumnDomain.ts"
import type { SynthesisRule } from "#core/release/SynthesisRule.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { Noise } from "#privacy/dp/Noise.ts"
import { draftOf } from "#privacy/synthesis/alone/exportRows.ts"

const cities = { north: ["Nuuk", "Oslo"], south: ["Lima", "Rome"], west: ["Cork", "Vigo"] } as const

export const domain: Readonly<Record<string, ColumnDomain>> = {
  id: { type: "key", prefix: "C" },
  region: { type: "categorical", values: ["north", "south", "west"] },
  city: { type: "categorical", values: Object.values(cities).flat() },
  age: { type: "integer", lower: 0, upper: 100, bins: 10 },
  spend: { type: "money", lower: 0, upper: 3000, bins: 12, null: true },
  signed: { type: "date", lower: "2024-01-01", upper: "2025-12-31", bins: 8 },
  closed: { type: "date", lower: "2024-01-01", upper: "2026-02-28", bins: 8, null: true },
  note: { type: "text" }
}

export const rules: ReadonlyArray<SynthesisRule> = [
  {
    determines: {
      from: "city",
      to: "region",
      map: Object.fromEntries(Object.entries(cities).flatMap(([r, all]) => all.map((c) => [c, r])))
    }
  },
  { order: { before: "signed", after: "closed" } },
  { range: { column: "age", lower: 18, upper: 90 } },
  { forbid: { region: "west", age: { to: 29 } } },
  { when: { city: ["Oslo", "Rome"] }, require: { spend: { from: 100 } } }
]

/** A file of customers that now and then breaks the rules; some cells are empty, some are no numbers. */
export function customers(rows: number, name = "customers.csv"): string {
  const bits = seededBits("customers")
  const draw = (n: number): number => uniformInt(bits, n)
  const day = (n: number): string => new Date(Date.UTC(2024, 0, 1 + n)).toISOString().slice(0, 10)
  const lines = Array.from({ length: rows }, (_, i) => {
    const region = (["north", "north", "south", "west"] as const)[draw(4)]!
    const age = 15 + draw(region === "north" ? 60 : 30)
    const signed = draw(700)
    const spend = draw(10) === 0 ? "" : draw(200) === 0 ? "n/a" : `${age * 20 + draw(500)}.${10 + draw(90)}`
    const closed = draw(3) === 0 ? "" : day(signed + draw(60) - (draw(50) === 0 ? 30 : 0))
    return `${i},${region},${cities[region][draw(2)]},${age},${spend},${day(signed)},${closed},"secret, ${i}"`
  })
  const file = join(mkdtempSync(join(tmpdir(), "assay-synth-")), name)
  writeFileSync(file, `id,region,city,age,spend,signed,closed,note\n${lines.join("\n")}\n`)
  return file
}

/** The services of a synthesis of a file, with seeded noise. */
export const alone = (file: string, out: string, noise = "noise") =>
  Layer.mergeAll(
    Noise.layerOver(seededBits(noise)),
    Warehouse.layer({ path: ":memory:", spill: "", directories: [], files: [file, out, draftOf(out)] }),
    NodeServices.layer
  )

/** The first broken rule of a row, by plain comparison of its texts. */
export function broken(row: Readonly<Record<string, string>>): string | undefined {
  const [age, spend] = [Number(row["age"]), Number(row["spend"])]
  if (!(cities[row["region"] as keyof typeof cities] as ReadonlyArray<string>).includes(row["city"]!)) return "city"
  if (row["closed"] !== "" && row["closed"]! < row["signed"]!) return "order"
  if (age < 18 || age > 90) return "range"
  if (row["region"] === "west" && age <= 29) return "forbid"
  if (["Oslo", "Rome"].includes(row["city"]!) && (row["spend"] === "" || spend < 100)) return "require"
  return undefined
}

/** Rows of a CSV without quotes. */
export function rowsOf(text: string): ReadonlyArray<Readonly<Record<string, string>>> {
  const [header, ...lines] = text.trimEnd().split("\n")
  const names = header!.split(",")
  return lines.map((line) => Object.fromEntries(line.split(",").map((cell, i) => [names[i]!, cell])))
}

export const provided = <A, E>(
  effect: Effect.Effect<A, E, Layer.Success<ReturnType<typeof alone>>>,
  file: string,
  out: string,
  noise?: string
) => Effect.provide(effect, alone(file, out, noise), { local: true })
