import type { BitSource } from "#core/random/BitSource.ts"
import { newBasket } from "./Basket.ts"
import type { Basket } from "./Basket.ts"
import { calendar, daySeconds, historyDays } from "./calendar.ts"
import type { Calendar } from "./calendar.ts"
import { CodeTable } from "./CodeTable.ts"
import { newCompany } from "./Company.ts"
import type { Company } from "./Company.ts"
import { dirt } from "./dirt.ts"
import type { DirtyStream } from "./dirt.ts"
import { drawsFrom } from "./Draws.ts"
import type { Draws } from "./Draws.ts"
import type { Names } from "./drawNames.ts"
import { phrases } from "./phrases.ts"
import { cities } from "./places.ts"
import { rhythms } from "./rhythms.ts"
import { weighted } from "./weighted.ts"
import { zipf } from "./zipf.ts"

/** The end of the history in seconds after its first day; nothing is dated at or after it except plans. */
export const historyEnd = historyDays * daySeconds

export const codeColumns = {
  accounts: "id kind business alike stem person industry size employees founded revenue city street owner moment dirt",
  contacts: "id account person role moment dirt",
  leads: "id account opportunity person stem industry business product channel status city score moment converted dirt",
  opportunities: "id account contact product stage amount probability owner moment planned closed dirt",
  orders:
    "id account contact opportunity business product status channel city payment items amount moment approved shipped delivered promised dirt",
  order_lines: "order_id line account product quantity unit_price freight moment dirt",
  subscriptions:
    "id account product status period amount seats active logins modules storage strategy process data people tools security moment renews ended dirt",
  tickets:
    "id account contact product business category subcategory status priority impact urgency channel grp reassignments satisfaction moment updated resolved closed opener phrase closer dirt",
  interactions:
    "id account contact opportunity order_id ticket subscription business channel direction role stage product gap duration agent moment received opener phrase closer person dirt",
  grants: "id account profile moment expires"
} as const

export type CodedStream = keyof typeof codeColumns

/** Everything that drawing one subject needs: the draws, the calendars, where rows go and the next number of each kind. */
export interface Sampler {
  readonly draws: Draws
  readonly office: Calendar
  readonly shopping: Calendar
  readonly company: Company
  readonly basket: Basket
  readonly tables: Readonly<Record<CodedStream, CodeTable>>
  readonly next: Record<CodedStream, number>
  readonly city: (draws: Draws) => number
  readonly person: (draws: Draws) => number
  readonly stems: number
  readonly streets: number
  readonly agents: number
  /** The dirt code of the next row of a stream. */
  readonly dirty: Readonly<Record<DirtyStream, (draws: Draws) => number>>
  /** A phrase of one (business, intent), or -1 when nobody of that business says so. */
  phrase(business: number, intent: number): number
}

export function samplerOf(bits: BitSource, asOf: string, names: Names): Sampler {
  const draws = drawsFrom(bits)
  const streams = Object.keys(codeColumns) as ReadonlyArray<CodedStream>
  const each = <A>(make: (stream: CodedStream) => A) =>
    Object.fromEntries(streams.map((stream) => [stream, make(stream)])) as Record<CodedStream, A>
  const surname = weighted(zipf(names.surnames.length, 4))
  const given = weighted(zipf(names.givenNames.length, 40))
  const spoken = phraseIndex()
  return {
    draws,
    office: calendar(asOf, rhythms.office),
    shopping: calendar(asOf, rhythms.shopping),
    company: newCompany(),
    basket: newBasket(),
    tables: each((stream) => new CodeTable(codeColumns[stream].split(" "))),
    next: each(() => 1),
    city: weighted(cities.map((c) => c.weight)),
    person: (d) => surname(d) * 1000 + given(d),
    stems: names.stems.length,
    streets: names.streets.length,
    agents: names.agents.length,
    dirty: Object.fromEntries(
      Object.entries(dirt).map(([stream, rates]) => {
        const shares: ReadonlyArray<number> = Object.values(rates)
        return [stream, weighted([1 - shares.reduce((sum, share) => sum + share, 0), ...shares])]
      })
    ) as Sampler["dirty"],
    phrase: (business, intent) => {
      const { first, count } = spoken[business * 16 + intent] ?? { first: -1, count: 0 }
      return count === 0 ? -1 : first + draws.below(count)
    }
  }
}

function phraseIndex(): ReadonlyArray<{ first: number; count: number } | undefined> {
  const index: Array<{ first: number; count: number } | undefined> = []
  for (const [i, phrase] of phrases.entries()) {
    const entry = (index[phrase.business * 16 + phrase.intent] ??= { first: i, count: 0 })
    entry.count++
  }
  return index
}
