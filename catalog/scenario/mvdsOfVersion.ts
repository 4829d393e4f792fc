import { Effect } from "effect"
import { mvds } from "#pricing/scenario/mvds.ts"
import type { Mvds, MvdsStep } from "#pricing/scenario/mvds.ts"
import type { Scenario } from "#pricing/scenario/Scenario.ts"
import { priceMenu } from "#pricing/offer/priceMenu.ts"
import type { Listing } from "../product/Catalog.ts"
import { menuOf } from "../product/menuOf.ts"
import type { ProductVersion } from "../product/ProductVersion.ts"
import { askingForTime, certifiedMeasures, offeredBy } from "./offeredBy.ts"

/** A step with what it costs and how far its figures can be trusted. */
export interface PricedStep extends MvdsStep {
  /** Half width of the 95 % interval of its figures; null for keys, which have none. */
  readonly halfWidth95: number | null
  /** Privacy loss that its figures were drawn with; that of the keys is what is left of the release's. */
  readonly rho: number
  /** What it adds to the price, in minor units; null where the menu does not offer the set. */
  readonly addsFen: number | null
}

/** The MVDS of a scenario within a listed version, priced by the menu. */
export interface PricedMvds extends Omit<Mvds, "steps" | "further"> {
  readonly steps: ReadonlyArray<PricedStep>
  readonly further: ReadonlyArray<PricedStep>
  /** The strata of the menu that the scenario's population lies in; null for all rows. */
  readonly rows: ReadonlyArray<string> | null
  /** The offer of the menu that holds just the MVDS, columns and rows; null where none does. */
  readonly offer: { readonly id: string; readonly fen: number } | null
}

/** Computes the MVDS within a listed version: the keys as one group, then measure by measure. Nothing but the stored version is read. */
export const mvdsOfVersion = Effect.fn("mvdsOfVersion")(function* (
  scenario: Scenario,
  { version, inputs, at }: Listing
) {
  const asking = askingForTime(scenario)
  const keys = version.columns.filter(({ part }) => part === "key").map(({ name }) => ({ name }))
  const measures = version.columns.filter(({ part }) => part === "measure").map(({ name }) => ({ name }))
  const groups = [{ name: "keys", columns: keys }, ...measures.map((one) => ({ name: one.name, columns: [one] }))]
  // A version from before its parts of H were kept: nobody knows how they divide, so the whole counts from the first column on.
  const keyBits = version.keyBits?.value ?? version.bits.value
  const bitsOf = (columns: ReadonlyArray<string>) => {
    const known = (version.measureBits ?? []).filter(({ name }) => columns.includes(name))
    const hasKeys = keys.some(({ name }) => columns.includes(name))
    const bits = (hasKeys ? keyBits : 0) + known.reduce((sum, one) => sum + one.bits.value, 0)
    return Effect.succeed({ low: bits, high: bits })
  }
  const found = yield* mvds(asking, groups, offeredBy(version, asking, at), bitsOf, at)

  const priced = priceMenu(menuOf(version), inputs, version.version, at)
  const rho = version.rho.value
  const all = priced[0]!.rows
  const offerOf = (columns: ReadonlyArray<string>, rows = all) => {
    const wanted = new Set([...columns, ...keys.map(({ name }) => name)])
    return priced.find(
      (one) =>
        one.rho === rho &&
        one.rows.length === rows.length &&
        one.rows.every((name) => rows.includes(name)) &&
        one.columns.length === wanted.size &&
        one.columns.every((name) => wanted.has(name))
    )
  }
  const certified = certifiedMeasures(version)
  const keyRho = rho - certified.reduce((sum, one) => sum + one.rho, 0)
  const priceOf = (base: ReadonlyArray<string>, step: MvdsStep): PricedStep => {
    const measure = certified.find(({ name }) => step.columns.includes(name))
    const [before, after] = [base.length === 0 ? 0 : offerOf(base)?.fen, offerOf([...base, ...step.columns])?.fen]
    return {
      ...step,
      halfWidth95: measure?.halfWidth95 ?? null,
      rho: measure?.rho ?? Math.max(0, keyRho),
      addsFen: before === undefined || after === undefined ? null : after - before
    }
  }
  const chosen = found.steps.flatMap(({ columns }) => columns)
  const rows = neededRows(scenario, version)
  // Where no offer holds just the rows, the one with all of them holds them too.
  const part = rows === null || chosen.length === 0 ? undefined : offerOf(chosen, rows)
  const offer = chosen.length === 0 ? undefined : (part ?? offerOf(chosen))
  return {
    ...found,
    steps: found.steps.map((step, i) =>
      priceOf(
        found.steps.slice(0, i).flatMap(({ columns }) => columns),
        step
      )
    ),
    further: found.further.map((step) => priceOf(chosen, step)),
    rows: part === undefined ? null : rows,
    offer: offer === undefined ? null : { id: offer.id, fen: offer.fen }
  } satisfies PricedMvds as PricedMvds
})

/** The strata that the population names, where the menu cuts rows by its column and some others can be left out. */
function neededRows({ population }: Scenario, version: ProductVersion): ReadonlyArray<string> | null {
  const { offers, strata } = menuOf(version)
  const cut = offers.find(({ stratum }) => stratum !== null)?.stratum?.column
  if (population === undefined || population.column !== cut) return null
  const needed = strata.map(({ value }) => value).filter((value) => (population.shares[value] ?? 0) > 0)
  return needed.length === 0 || needed.length === strata.length ? null : needed
}
