import { Context, Effect, Layer } from "effect"
import { Records } from "#core/records/Records.ts"
import type { Db, RecordsError } from "#core/records/Records.ts"

/** The sum of an account; debit positive. */
export interface Balance {
  readonly account: string
  readonly currency: string
  readonly minor: number
}

/** Net revenue (credits less debits of `revenue/`) of one product in one month. */
export interface MonthRevenue {
  readonly month: string
  readonly product: string
  readonly currency: string
  readonly minor: number
}

/** Net revenue of one product from one buyer in one month; the buyer is null where no invoice names one. */
export interface BuyerRevenue extends MonthRevenue {
  readonly buyer: string | null
}

/** What the journal says. Every figure of revenue is asked here, so it equals the invoices. */
export class Ledger extends Context.Service<
  Ledger,
  {
    /** Every account that is not empty, by name; those under one beginning if it is given. */
    balances(beginning?: string): Effect.Effect<ReadonlyArray<Balance>, RecordsError>
    readonly revenue: Effect.Effect<ReadonlyArray<MonthRevenue>, RecordsError>
    /** The same by who paid it. */
    readonly sales: Effect.Effect<ReadonlyArray<BuyerRevenue>, RecordsError>
    /** Entries whose lines do not sum to zero and invoices that the journal does not hold to the fen: empty in a sound house. */
    readonly problems: Effect.Effect<ReadonlyArray<string>, RecordsError>
  }
>()("catalog/Ledger") {
  static readonly layer: Layer.Layer<Ledger, never, Records> = Layer.effect(
    Ledger,
    Effect.gen(function* () {
      const records = yield* Records
      return Ledger.of({
        balances: Effect.fn("Ledger.balances")((beginning = "") =>
          records.read((db) =>
            db.all<Balance & object>(
              `select l.account, e.currency, sum(l.minor) as minor from journal_line l join journal_entry e on e.id = l.entry
               where substr(l.account, 1, length($beginning)) = $beginning
               group by l.account, e.currency having sum(l.minor) <> 0 order by l.account, e.currency`,
              { beginning }
            )
          )
        ),
        revenue: records.read((db) =>
          db.all<MonthRevenue & object>(
            `select substr(e.at, 1, 7) as month, substr(l.account, 9) as product, e.currency, -sum(l.minor) as minor
             from journal_line l join journal_entry e on e.id = l.entry where l.account like 'revenue/%'
             group by 1, 2, 3 order by 1, 2, 3`
          )
        ),
        sales: records.read((db) =>
          db.all<BuyerRevenue & object>(
            `select substr(e.at, 1, 7) as month, substr(l.account, 9) as product, e.currency, i.buyer, -sum(l.minor) as minor
             from journal_line l join journal_entry e on e.id = l.entry
               left join invoice i on i.number = e.operation and i.kind = e.kind
             where l.account like 'revenue/%' group by 1, 2, 3, 4 order by 1, 2, 3, 4`
          )
        ),
        problems: records.read((db) => [...unbalanced(db), ...uninvoiced(db)])
      })
    })
  )
}

const unbalanced = (db: Db): ReadonlyArray<string> =>
  db
    .all<{ entry: string }>("select entry from journal_line group by entry having sum(minor) <> 0 order by entry")
    .map(({ entry }) => `The journal entry ${entry} does not balance.`)

/** The receivable of an invoice's own entry is its gross amount; a credit note's is the negative of it. */
const uninvoiced = (db: Db): ReadonlyArray<string> =>
  db
    .all<{ number: string }>(
      `select i.number from invoice i
       left join journal_entry e on e.operation = i.number and e.kind = i.kind and e.currency = i.currency
       left join journal_line l on l.entry = e.id and l.account like 'receivable/%'
       group by i.number, i.net_minor, i.tax_minor
       having coalesce(sum(l.minor), 0) <> i.net_minor + i.tax_minor order by i.number`
    )
    .map(({ number }) => `The journal does not hold the amount of ${number}.`)
