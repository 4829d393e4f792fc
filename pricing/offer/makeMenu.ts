import { BadInput } from "#core/BadInput.ts"
import type { AggregateDepth } from "../depth/aggregateDepth.ts"
import type { Released } from "../evidence/Evidence.ts"
import { derivedNumber } from "../evidence/derivedNumber.ts"
import { publicNumber } from "../evidence/publicNumber.ts"
import { releasedNumber } from "../evidence/releasedNumber.ts"
import type { DeclaredOffer, Menu, Offer } from "./Menu.ts"

/** A released table as a menu is cut from it. */
export interface MenuSource {
  readonly product: string
  readonly release: string
  /** Key columns by name; every offer has all of them, since without one the rows would no longer tell groups apart. */
  readonly keys: Readonly<Record<string, ArrayLike<unknown>>>
  readonly measures: ReadonlyArray<string>
  readonly depth: AggregateDepth
  readonly rows: Released
  /** Multiples of the version's rho at which the whole may be ordered as a release of its own. */
  readonly higher?: ReadonlyArray<number>
}

const accuracies = [1, 0.5, 0.25]
/** A column with more values does not cut strata by itself. */
const mostStrata = 8

/**
 * Makes the menu of a version: the offers that the product file declares, or else every measure by itself and all together, each stratum
 * of the key with the fewest values and all rows, in three accuracies. The whole version always comes first.
 *
 * Accuracies above 1 are of the whole: each is a release of its own, not a cut. A declared stratum that has no rows in this version is left off its menu.
 *
 * @param when  ISO instant
 * @throws      BadInput for a declared offer with an unknown column, without a measure, or that cuts rows by another column than the rest
 * @source      pricing.md, Offers come from a published menu per version
 */
export function makeMenu(source: MenuSource, declared: ReadonlyArray<DeclaredOffer> | undefined, when: string): Menu {
  const cut = declared === undefined ? cuttingColumn(source) : declaredCut(source, declared)
  const strata = cut === undefined ? [] : strataOf(source, cut, when)
  const all = [...Object.keys(source.keys), ...source.measures]
  const offerOf = (
    id: string,
    columns: ReadonlyArray<string>,
    value: string | null,
    accuracy: number,
    factor = 1
  ): Offer => {
    const parts = source.depth.measureBits.filter(({ name }) => columns.includes(name))
    const bits = parts.reduce((sum, part) => sum + part.bits, source.depth.keyBits)
    return {
      id,
      columns,
      stratum: value === null ? null : { column: cut!, value },
      rows: value === null ? source.rows : strata.find((one) => one.value === value)!.rows,
      bits: releasedNumber(bits, "bit", `release:${source.release}#depth(${columns.join(",")})`, when, source.release),
      accuracy: publicNumber(accuracy, "share", `menu:${source.product}#accuracy`, when),
      factor: publicNumber(factor, "factor", `product:${source.product}#offers.${id}.factor`, when),
      terms: "standard"
    }
  }
  const whole = offerOf("full", all, null, 1)
  const higher = (source.higher ?? []).map((accuracy) => offerOf(`all/all/${accuracy}`, all, null, accuracy))
  if (declared !== undefined) {
    const own = declared.flatMap((one, i) => {
      const value = one.rows === undefined ? null : String(Object.values(one.rows)[0])
      if (value !== null && !strata.some((stratum) => stratum.value === value)) return []
      return [offerOf(one.offer, columnsOf(source, one, i), value, one.accuracy ?? 1, one.factor ?? 1)]
    })
    return { strata, offers: [whole, ...own, ...higher] }
  }
  const groups =
    source.measures.length < 2
      ? [["all", all] as const]
      : [["all", all] as const, ...source.measures.map((name) => [name, [...Object.keys(source.keys), name]] as const)]
  const offers = groups.flatMap(([group, columns]) =>
    [null, ...strata.map(({ value }) => value)].flatMap((value) =>
      accuracies
        .filter((accuracy) => group !== "all" || value !== null || accuracy < 1)
        .map((accuracy) => offerOf(`${group}/${value ?? "all"}/${accuracy}`, columns, value, accuracy))
    )
  )
  return { strata, offers: [whole, ...offers, ...higher] }
}

function cuttingColumn({ keys }: MenuSource): string | undefined {
  const counted = Object.entries(keys).map(
    ([name, values]) => [name, new Set(Array.from(values, String)).size] as const
  )
  const few = counted.filter(([, n]) => n > 1 && n <= mostStrata).sort((a, b) => a[1] - b[1])
  return few[0]?.[0]
}

function declaredCut({ keys }: MenuSource, declared: ReadonlyArray<DeclaredOffer>): string | undefined {
  let cut: string | undefined
  for (const [i, { rows }] of declared.entries()) {
    if (rows === undefined) continue
    const columns = Object.keys(rows)
    cut ??= columns[0]
    if (cut === undefined || columns.length !== 1 || columns[0] !== cut || !(cut in keys)) {
      throw wrong(
        `offers.${i}.rows`,
        "The rows of an offer are cut by another column than a key, or than those of the other offers.",
        `Cut all offers by one of ${Object.keys(keys).join(", ")}.`
      )
    }
  }
  return cut
}

function strataOf({ keys, rows, release }: MenuSource, cut: string, when: string): Menu["strata"] {
  const counts = new Map<string, number>()
  const values = keys[cut]!
  for (let i = 0; i < values.length; i++) counts.set(String(values[i]), (counts.get(String(values[i])) ?? 0) + 1)
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([value, n]) => ({
      value,
      rows: derivedNumber(n, "row", `release:${release}#rows(${cut}=${value})`, when, [rows])
    }))
}

function columnsOf({ keys, measures }: MenuSource, { columns }: DeclaredOffer, i: number): ReadonlyArray<string> {
  const known = [...Object.keys(keys), ...measures]
  if (columns === undefined) return known
  const unknown = columns.find((name) => !known.includes(name))
  if (unknown !== undefined)
    throw wrong(
      `offers.${i}.columns`,
      `The release has no column ${unknown.slice(0, 60)}.`,
      `Use some of ${known.join(", ")}.`
    )
  if (!columns.some((name) => measures.includes(name)))
    throw wrong(`offers.${i}.columns`, "The offer has no measure.", `Add one of ${measures.join(", ")}.`)
  return known.filter((name) => name in keys || columns.includes(name))
}

const wrong = (field: string, message: string, fix: string): BadInput =>
  new BadInput({ code: "offer.form", message, fix, where: { field } })
