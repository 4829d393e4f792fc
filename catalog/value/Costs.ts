import { Context, DateTime, Effect, Layer } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { newId } from "#core/ids/newId.ts"
import type { Money } from "#core/money/Money.ts"
import { Records } from "#core/records/Records.ts"
import type { Db, RecordsError } from "#core/records/Records.ts"
import { publicNumber } from "#pricing/evidence/publicNumber.ts"
import { splitRevenue } from "#pricing/split/splitRevenue.ts"
import { bookValue } from "#pricing/value/bookValue.ts"
import type { AssetCost, AssetCostEntry } from "./AssetCost.ts"
import { readAssetCosts, toEntry } from "./assetCosts.ts"
import { checkEnded } from "./checkMonth.ts"

/** What an asset stands for on the books. */
export interface AssetBook {
  readonly asset: string
  readonly currency: string
  /** Capitalised, in minor units. */
  readonly cost: number
  readonly amortised: number
  readonly expensed: number
  readonly book: number
}

/** What an hour of work and a gigabyte for a month cost. */
export interface CostRates {
  readonly hour: Money
  readonly gigabyteMonth: Money
}

/** The cost ledger by asset: entered, and measured from runs and the shelf. */
export class Costs extends Context.Service<
  Costs,
  {
    add(entry: AssetCostEntry): Effect.Effect<AssetCost, RecordsError>
    /**
     * Books a month that has ended: the seconds that runs worked on each asset, and the bytes of each product's versions on the shelf. The whole
     * is rounded up once and split by the measured amounts, so that the parts sum to it. A month is measured once.
     */
    measure(month: string, rates: CostRates): Effect.Effect<ReadonlyArray<AssetCost>, RecordsError>
    /** Of one asset or of all, oldest first. */
    list(asset?: string): Effect.Effect<ReadonlyArray<AssetCost>, RecordsError>
    /** Cost less straight-line amortisation, by asset. */
    readonly book: Effect.Effect<ReadonlyArray<AssetBook>, RecordsError>
  }
>()("catalog/Costs") {
  static readonly layer: Layer.Layer<Costs, never, Records> = Layer.effect(
    Costs,
    Effect.gen(function* () {
      const records = yield* Records
      const clock = Effect.map(DateTime.now, DateTime.formatIso)

      const add = Effect.fn("Costs.add")((entry: AssetCostEntry) =>
        records.write((db) => {
          checkEntry(entry)
          const cost: AssetCost = { ...entry, id: newId("cst"), kind: "entered", quantity: 0 }
          insert(db, cost, cost.id)
          return cost
        })
      )

      const measure = Effect.fn("Costs.measure")(function* (month: string, { hour, gigabyteMonth }: CostRates) {
        const now = yield* clock
        return yield* records.write((db) => {
          checkEnded(month, now)
          if (hour.minor < 0 || gigabyteMonth.minor < 0) throw wrong("rate", "A rate is not below zero.")
          const book = (kind: "cpu" | "storage", amounts: ReadonlyArray<Measured>, rate: Money, unit: number) =>
            measured(month, kind, amounts, rate, unit).forEach((cost) => insert(db, cost, `${kind} ${month}`))
          book("cpu", secondsOf(db, month), hour, 3600)
          book("storage", bytesOf(db, month), gigabyteMonth, 1e9)
          return readAssetCosts(db).filter(({ kind, at }) => kind !== "entered" && at.startsWith(month))
        })
      })

      return Costs.of({
        add,
        measure,
        list: Effect.fn("Costs.list")((asset?: string) => records.read((db) => readAssetCosts(db, asset))),
        book: Effect.gen(function* () {
          const now = yield* clock
          return yield* records.read((db) => bookOf(readAssetCosts(db), now))
        })
      })
    })
  )
}

interface Measured {
  readonly asset: string
  readonly quantity: number
}

const secondsOf = (db: Db, month: string): ReadonlyArray<Measured> =>
  db.all<Measured & object>(
    `select asset, sum(json_extract(details, '$.millis')) / 1000.0 as quantity from run_event
     where type = 'materialized' and asset is not null and substr(at, 1, 7) = $month group by asset
     having quantity > 0 order by asset`,
    { month }
  )

const bytesOf = (db: Db, month: string): ReadonlyArray<Measured> =>
  db.all<Measured & object>(
    `select 'release.' || product as asset, sum(json_extract(document, '$.bytes')) as quantity from product_version
     where substr(listed_at, 1, 7) <= $month and id not in (select version_id from recalled_version)
     group by product having quantity > 0 order by product`,
    { month }
  )

function measured(
  month: string,
  kind: "cpu" | "storage",
  amounts: ReadonlyArray<Measured>,
  rate: Money,
  unit: number
): ReadonlyArray<AssetCost> {
  const quantity = amounts.reduce((sum, one) => sum + one.quantity, 0)
  if (quantity === 0) return []
  const parts = splitRevenue(
    Math.ceil((quantity / unit) * rate.minor),
    amounts.map((one) => publicNumber(one.quantity, kind, `${kind}:${one.asset}`, month))
  )
  return amounts.map((one, i) => ({
    id: newId("cst"),
    kind,
    asset: one.asset,
    quantity: one.quantity,
    amount: { minor: parts[i]!, currency: rate.currency },
    // Keeping and making anew is running cost: it goes through profit and loss at once.
    phase: "operation",
    isCapitalised: false,
    treatment: "intangible",
    lifeMonths: 0,
    at: `${month}-28`,
    note: `${kind} of ${month}`
  }))
}

function insert(db: Db, cost: AssetCost, operation: string): void {
  db.run(
    `insert or ignore into asset_cost values ($id, $asset, $kind, $quantity, $minor, $currency, $phase, $capitalised, $treatment, $life,
       $at, $note, $operation)`,
    {
      id: cost.id,
      asset: cost.asset,
      kind: cost.kind,
      quantity: cost.quantity,
      minor: cost.amount.minor,
      currency: cost.amount.currency,
      phase: cost.phase,
      capitalised: cost.isCapitalised ? 1 : 0,
      treatment: cost.treatment,
      life: cost.lifeMonths,
      at: cost.at,
      note: cost.note,
      operation
    }
  )
}

function bookOf(costs: ReadonlyArray<AssetCost>, at: string): ReadonlyArray<AssetBook> {
  const groups = Map.groupBy(costs, ({ asset, amount }) => JSON.stringify([asset, amount.currency]))
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, own]) => {
      const { cost, amortised, expensed, book } = bookValue(own.map(toEntry), at)
      return { asset: own[0]!.asset, currency: own[0]!.amount.currency, cost, amortised, expensed, book: book.value }
    })
}

function checkEntry({ asset, amount, phase, isCapitalised, treatment, lifeMonths, at }: AssetCostEntry): void {
  if (!/^[a-z_]+\.[\w]{1,100}$/.test(asset)) throw wrong("asset", "The cost is of no asset, such as core.order.")
  if (!["purchase", "research", "development", "operation"].includes(phase))
    throw wrong("phase", "A cost is of the phase purchase, research, development or operation.")
  if (!["intangible", "inventory"].includes(treatment)) throw wrong("treatment", "An asset is intangible or inventory.")
  if (amount.minor === 0) throw wrong("amount", "A cost of nothing is none.")
  const onBooks = phase === "purchase" || (phase === "development" && isCapitalised)
  if (!(Number.isInteger(lifeMonths) && lifeMonths >= 0 && lifeMonths <= 600))
    throw wrong("months", "A useful life is 0 to 600 months.")
  if (onBooks && treatment === "intangible" && lifeMonths === 0)
    throw wrong("months", "What goes on the books as intangible has a useful life in months.")
  if (!/^\d{4}-\d\d-\d\d$/.test(at) || Number.isNaN(Date.parse(at))) throw wrong("at", "The day of a cost is no day.")
}

const wrong = (field: string, message: string): BadInput =>
  new BadInput({
    code: `cost.${field}`,
    message,
    fix: 'Write: assay cost add core.order --amount "1200.00 CNY" --phase development --capitalise --months 36',
    where: { field }
  })
