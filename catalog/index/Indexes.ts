import { Context, DateTime, Effect, Layer } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { newId } from "#core/ids/newId.ts"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { sha256Hex } from "#core/json/sha256Hex.ts"
import { Log } from "#core/log/Log.ts"
import { Records } from "#core/records/Records.ts"
import type { Db, RecordsError } from "#core/records/Records.ts"
import { Budget } from "#privacy/budget/Budget.ts"
import { publicNumber } from "#pricing/evidence/publicNumber.ts"
import type { IndexEvidence } from "#pricing/index/IndexEvidence.ts"
import { profiles } from "#pricing/index/Profile.ts"
import { tradabilityIndex } from "#pricing/index/tradabilityIndex.ts"
import type { TradabilityIndex } from "#pricing/index/tradabilityIndex.ts"
import { readDays } from "#pricing/ttl/readDays.ts"
import { Catalog } from "../product/Catalog.ts"
import { measuredEvidence, slaEvidence } from "./measuredEvidence.ts"
import { recordableItems } from "./recordableItems.ts"

/** What a person vouches for. */
export interface Testimony {
  readonly product: string
  readonly item: string
  /** 0 to 1; for a gate 1 passes. */
  readonly value: number
  readonly note: string
  readonly signer: string
  /** Days that it holds; at most as long as the profile lets it. */
  readonly days: number
  readonly isDemo: boolean
}

/** Tradability indexes and the evidence that only people can give. */
export class Indexes extends Context.Service<
  Indexes,
  {
    /** The index of a product's newest listed version, from what the house measures now and what is on record. */
    index(product: string, profile: keyof typeof profiles): Effect.Effect<TradabilityIndex, RecordsError>
    /** Puts a testimony on record and returns its id. `BadInput` for what the house measures itself. */
    record(testimony: Testimony): Effect.Effect<string, RecordsError>
    /** Takes a testimony back; it stays on record as withdrawn. */
    withdraw(id: string): Effect.Effect<void, RecordsError>
  }
>()("catalog/Indexes") {
  static readonly layer: Layer.Layer<Indexes, never, Records | Log | Budget | Catalog> = Layer.effect(
    Indexes,
    Effect.gen(function* () {
      const records = yield* Records
      const log = yield* Log
      const budget = yield* Budget
      const catalog = yield* Catalog

      const index = Effect.fn("Indexes.index")(function* (product: string, profile: keyof typeof profiles) {
        const { version, at } = yield* catalog.show(product)
        const { left, cap } = yield* budget.spent
        return yield* records.read((db) => {
          const { since } = db.get<{ since: string }>("select since from product where name = $product", { product })!
          const leftShare = cap.rho === 0 ? 0 : Math.min(1, left.rho / cap.rho)
          const everyDays = readDays(version.offering.scenario.freshness ?? "") ?? 31
          const evidence = [
            ...measuredEvidence(db, version, leftShare, at),
            ...slaEvidence(db, version, since, everyDays, at),
            ...recordedEvidence(db, product, leftShare, at)
          ]
          return tradabilityIndex(profiles[profile], evidence, since, at)
        })
      })

      const record = Effect.fn("Indexes.record")(function* (testimony: Testimony) {
        const { product, item, value, note, signer, days, isDemo } = testimony
        yield* catalog.show(product)
        const at = DateTime.formatIso(yield* DateTime.now)
        return yield* records.write((db) => {
          checkTestimony(testimony)
          const id = newId("evd")
          const expires = new Date(Date.parse(at) + days * 86_400_000).toISOString()
          db.run(
            `insert into index_evidence (id, product, item, value, note, signer, is_demo, at, expires_at)
             values ($id, $product, $item, $value, $note, $signer, $demo, $at, $expires)`,
            { id, product, item, value, note, signer, demo: isDemo ? 1 : 0, at, expires }
          )
          log.append(db, { type: "policy", operation: id, commitment: sha256Hex(canonicalJson({ ...testimony, at })) })
          return id
        })
      })

      const withdraw = Effect.fn("Indexes.withdraw")(function* (id: string) {
        const at = DateTime.formatIso(yield* DateTime.now)
        yield* records.write((db) => {
          const changed = db.run(
            "update index_evidence set withdrawn_at = $at where id = $id and withdrawn_at is null",
            { id, at }
          )
          if (changed === 0) throw unknownEvidence(id)
          log.append(db, {
            type: "policy",
            operation: id,
            commitment: sha256Hex(canonicalJson({ id, withdrawnAt: at }))
          })
        })
      })
      return Indexes.of({ index, record, withdraw })
    })
  )
}

interface EvidenceRow {
  readonly id: string
  readonly item: string
  readonly value: number
  readonly note: string
  readonly signer: string
  readonly is_demo: number
  readonly at: string
  readonly expires_at: string
}

const attacksUnder = 0.8
const approvalsNeeded = 2

function recordedEvidence(db: Db, product: string, leftShare: number, at: string): ReadonlyArray<IndexEvidence> {
  const rows = db.all<EvidenceRow>(
    "select * from index_evidence where product = $product and withdrawn_at is null order by at, id",
    { product }
  )
  const piece = (row: EvidenceRow, item: string, value: number): IndexEvidence => ({
    item,
    value: publicNumber(value, "share", `evidence:${row.id}`, row.at),
    when: row.at,
    expiresAt: row.expires_at,
    note: row.is_demo === 1 ? `Demo evidence. ${row.note}` : row.note,
    signer: row.signer,
    ...(row.is_demo === 1 ? { isDemo: true } : {})
  })
  const others = rows.filter(({ item }) => item !== "approvals")
  return [
    ...others.flatMap((row) => [
      piece(row, row.item, row.value),
      ...(row.item === "attack_results" ? [piece(row, "G8", row.value >= attacksUnder && leftShare > 0 ? 1 : 0)] : [])
    ]),
    ...approvals(
      rows.filter(({ item, value, expires_at }) => item === "approvals" && value === 1 && expires_at > at)
    ).map(({ row, share }) => piece(row, "approvals", share))
  ]
}

/** Approvals by different people count together, for as long as both of the two that last longest hold. */
function approvals(rows: ReadonlyArray<EvidenceRow>): ReadonlyArray<{ row: EvidenceRow; share: number }> {
  const latest = new Map<string, EvidenceRow>()
  for (const row of rows) latest.set(row.signer, row)
  const lasting = [...latest.values()].sort((a, b) => (a.expires_at < b.expires_at ? 1 : -1)).slice(0, approvalsNeeded)
  const first = lasting.at(-1)
  return first === undefined ? [] : [{ row: first, share: lasting.length / approvalsNeeded }]
}

function checkTestimony({ item, value, signer, days, note }: Testimony): void {
  if (!recordableItems.has(item)) {
    throw wrong(
      "item",
      `${item.slice(0, 40)} is not for people to vouch for: the house measures it, or there is no such item.`,
      `Use one of ${[...recordableItems].join(", ")}.`
    )
  }
  if (!(value >= 0 && value <= 1))
    throw wrong("value", "The value is not between 0 and 1.", "Write a share such as 0.9; 1 passes a gate.")
  if (!(Number.isInteger(days) && days >= 1 && days <= 365))
    throw wrong("days", "Evidence holds for 1 to 365 days.", "Write --days 180.")
  if (!/^[\w.@-]{1,80}$/.test(signer))
    throw wrong("by", "Nobody signs this evidence.", "Write --by NAME, without blanks.")
  if (note.trim() === "" || note.length > 500)
    throw wrong(
      "note",
      "The evidence does not say what it is.",
      "Write --note with a sentence of at most 500 characters."
    )
}

const wrong = (field: string, message: string, fix: string): BadInput =>
  new BadInput({ code: `evidence.${field}`, message, fix, where: { field } })

const unknownEvidence = (id: string): BadInput =>
  new BadInput({
    code: "evidence.unknown",
    message: `There is no evidence ${id.slice(0, 60)} that could be withdrawn.`,
    fix: "assay index PRODUCT --json lists what is on record.",
    where: { field: "evidence" }
  })
