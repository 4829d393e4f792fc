import { Context, DateTime, Effect, Layer } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Log } from "#core/log/Log.ts"
import { Records } from "#core/records/Records.ts"
import type { Db, RecordsError } from "#core/records/Records.ts"
import { Refused } from "#core/Refused.ts"
import { blockBuyer, liftBlock } from "./blockBuyer.ts"

/** Who a buyer is in law, as a steward has checked it. */
export interface Buyer {
  readonly buyer: string
  readonly legalEntity: string
  /** ISO 3166-1 alpha-2. */
  readonly country: string
  readonly taxId: string | null
  /** Letter of its section in GB/T 4754, such as `C` for manufacturing; null where nobody said. */
  readonly industry: string | null
  /** ISO instant. */
  readonly verifiedAt: string
}

/** Who checked a buyer on what, and who has confirmed it. */
export interface Verification extends Omit<Buyer, "verifiedAt" | "industry"> {
  readonly by: string
  /** What was looked at, such as a register's extract and its number. */
  readonly evidence: string
  /** ISO instants. */
  readonly at: string
  /** A second person; null until one has. */
  readonly confirmedBy: string | null
  readonly confirmedAt: string | null
}

/** Who checks, and on which evidence. */
export interface Checked {
  readonly by: string
  readonly evidence: string
}

/** A buyer who may buy and fetch nothing for now. */
export interface Block {
  readonly buyer: string
  readonly reason: string
  readonly by: string
  /** ISO instants. */
  readonly at: string
  readonly liftedBy: string | null
  readonly liftedAt: string | null
}

const unstated: Checked = { by: "operator", evidence: "none stated" }

/** Buyers whose legal entity was checked; the others may buy what needs no such check. */
export class Buyers extends Context.Service<
  Buyers,
  {
    /** Notes what was checked, by whom and on which evidence; doing it again replaces what holds, and every check stays on record. */
    verify(
      buyer: Omit<Buyer, "verifiedAt" | "industry"> & { readonly industry?: string | null },
      checked?: Checked
    ): Effect.Effect<Buyer, RecordsError>
    /** A second person has looked at the newest check. `Refused` for the one who made it. */
    confirm(buyer: string, by: string): Effect.Effect<Verification, RecordsError>
    /** Every check of a buyer, newest first. */
    history(buyer: string): Effect.Effect<ReadonlyArray<Verification>, RecordsError>
    readonly list: Effect.Effect<ReadonlyArray<Buyer>, RecordsError>
    /** Bars a buyer from ordering, fetching and looking up, at once and by one person; what holds already stays as it was. */
    block(buyer: string, reason: string, by: string): Effect.Effect<void, RecordsError>
    /** Lets a barred buyer in again. `Refused` for the one who barred them: two people decide. */
    lift(buyer: string, by: string): Effect.Effect<void, RecordsError>
    /** Every block, newest first. */
    readonly blocks: Effect.Effect<ReadonlyArray<Block>, RecordsError>
  }
>()("catalog/Buyers") {
  static readonly layer: Layer.Layer<Buyers, never, Records | Log> = Layer.effect(
    Buyers,
    Effect.gen(function* () {
      const records = yield* Records
      const log = yield* Log
      return Buyers.of({
        verify: Effect.fn("Buyers.verify")(function* (
          given: Omit<Buyer, "verifiedAt" | "industry"> & { readonly industry?: string | null },
          checked = unstated
        ) {
          const now = DateTime.formatIso(yield* DateTime.now)
          return yield* records.write((db) => {
            check(given)
            checkPerson(checked)
            const { buyer, legalEntity, country, taxId, industry } = given
            db.run(
              `insert into verified_buyer values ($buyer, $legalEntity, $country, $now)
               on conflict do update set legal_entity = excluded.legal_entity, country = excluded.country,
                 verified_at = excluded.verified_at`,
              { buyer, legalEntity, country, now }
            )
            db.run("delete from buyer_tax_id where buyer = $buyer", { buyer })
            if (taxId !== null) db.run("insert into buyer_tax_id values ($buyer, $taxId)", { buyer, taxId })
            // Left out, what was known of it stays; null takes it back.
            if (industry !== undefined) db.run("delete from buyer_industry where buyer = $buyer", { buyer })
            if (typeof industry === "string")
              db.run("insert into buyer_industry values ($buyer, $industry)", { buyer, industry })
            db.run(
              `insert into buyer_verification (buyer, legal_entity, country, tax_id, by, evidence, at)
               values ($buyer, $legalEntity, $country, $taxId, $by, $evidence, $now)`,
              { buyer, legalEntity, country, taxId, ...checked, now }
            )
            return readBuyer(db, buyer)!
          })
        }),
        confirm: Effect.fn("Buyers.confirm")(function* (buyer: string, by: string) {
          const now = DateTime.formatIso(yield* DateTime.now)
          return yield* records.write((db) => {
            const newest = readChecks(db, buyer)[0]
            if (newest === undefined) throw unverified(buyer)
            checkPerson({ by, evidence: "second person" })
            if (newest.by === by) throw samePerson(by)
            db.run(
              `update buyer_verification set confirmed_by = $by, confirmed_at = $now
               where confirmed_by is null and seq = (select max(seq) from buyer_verification where buyer = $buyer)`,
              { buyer, by, now }
            )
            return readChecks(db, buyer)[0]!
          })
        }),
        history: Effect.fn("Buyers.history")((buyer: string) => records.read((db) => readChecks(db, buyer))),
        list: records.read((db) => db.all<Buyer & object>(`${select} order by v.buyer`)),
        block: Effect.fn("Buyers.block")(function* (buyer: string, reason: string, by: string) {
          const at = DateTime.formatIso(yield* DateTime.now)
          yield* records.write((db) => blockBuyer(db, log, { buyer, reason, by, at }))
        }),
        lift: Effect.fn("Buyers.lift")(function* (buyer: string, by: string) {
          const at = DateTime.formatIso(yield* DateTime.now)
          yield* records.write((db) => liftBlock(db, log, { buyer, by, at }))
        }),
        blocks: records.read((db) =>
          db.all<Block & object>(
            `select buyer, reason, by, at, lifted_by as liftedBy, lifted_at as liftedAt from buyer_block order by seq desc`
          )
        )
      })
    })
  )
}

const select = `select v.buyer, v.legal_entity as legalEntity, v.country, t.tax_id as taxId, n.industry,
    v.verified_at as verifiedAt
  from verified_buyer v left join buyer_tax_id t on t.buyer = v.buyer left join buyer_industry n on n.buyer = v.buyer`

/** What is known of a buyer, or undefined if nothing was checked. */
export const readBuyer = (db: Db, buyer: string): Buyer | undefined =>
  db.get<Buyer & object>(`${select} where v.buyer = $buyer`, { buyer })

const readChecks = (db: Db, buyer: string): ReadonlyArray<Verification> =>
  db.all<Verification & object>(
    `select buyer, legal_entity as legalEntity, country, tax_id as taxId, by, evidence, at, confirmed_by as confirmedBy,
       confirmed_at as confirmedAt
     from buyer_verification where buyer = $buyer order by seq desc`,
    { buyer }
  )

function checkPerson({ by, evidence }: Checked): void {
  const form = /^[^\p{Cc}\p{Cs}]{1,500}$/u
  if (form.test(by) && by.trim() === by && form.test(evidence) && evidence.trim() !== "") return
  throw new BadInput({
    code: "buyer.by",
    message: "A check is made by a named person on stated evidence.",
    fix: 'Add --by NAME --evidence "extract of the register, number and day".',
    where: { field: "by" }
  })
}

const unverified = (buyer: string): BadInput =>
  new BadInput({
    code: "buyer.unknown",
    message: `${buyer.slice(0, 80)} was not verified, so there is nothing to confirm.`,
    fix: "Verify it first: assay admin buyer NAME --entity REGISTERED-NAME --country CN --by NAME --evidence TEXT",
    where: { field: "buyer" }
  })

const samePerson = (by: string): Refused =>
  new Refused({
    code: "buyer.same-person",
    message: `${by} made this check, and a check is confirmed by another person.`,
    fix: "Have somebody else confirm it.",
    where: { field: "by" }
  })

function check({
  buyer,
  legalEntity,
  country,
  taxId,
  industry
}: Omit<Buyer, "verifiedAt" | "industry"> & { readonly industry?: string | null }): void {
  const bad = [
    ["buyer", buyer, /^[^\p{Cc}\p{Cs}]{1,200}$/u, "1 to 200 printable characters"],
    ["entity", legalEntity, /^[^\p{Cc}\p{Cs}]{1,200}$/u, "the registered name, 1 to 200 printable characters"],
    ["country", country, /^[A-Z]{2}$/, "two capital letters, such as CN or DE"],
    ["tax-id", taxId ?? "0", /^[0-9A-Z-]{1,30}$/, "digits, capital letters and hyphens"],
    [
      "industry",
      industry ?? "A",
      /^[A-T]$/,
      "the letter of a section of GB/T 4754, A to T, such as C for manufacturing"
    ]
  ] as const
  for (const [field, value, form, rule] of bad) {
    if (form.test(value) && value.trim() === value) continue
    throw new BadInput({
      code: `buyer.${field}`,
      message: `The ${field} of the buyer is not in its form.`,
      fix: `Write ${rule}.`,
      where: { field }
    })
  }
}
