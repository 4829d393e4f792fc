import { Context, DateTime, Effect, Layer } from "effect"
import type { FileSystem, Path } from "effect"
import { BadInput } from "#core/BadInput.ts"
import type { Home } from "#core/home/Home.ts"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { sha256Hex } from "#core/json/sha256Hex.ts"
import { Log } from "#core/log/Log.ts"
import { Records } from "#core/records/Records.ts"
import type { RecordsError } from "#core/records/Records.ts"
import type { Budget } from "#privacy/budget/Budget.ts"
import type { profiles } from "#pricing/index/Profile.ts"
import type { TradabilityIndex } from "#pricing/index/tradabilityIndex.ts"
import { Catalog } from "../product/Catalog.ts"
import { readHouseFacts } from "./readHouseFacts.ts"
import { indexVersion } from "./indexVersion.ts"
import { recordTestimony } from "./recordTestimony.ts"
import type { Testimony } from "./recordTestimony.ts"

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
  static readonly layer: Layer.Layer<
    Indexes,
    never,
    Records | Log | Budget | Catalog | FileSystem.FileSystem | Home | Path.Path
  > = Layer.effect(
    Indexes,
    Effect.gen(function* () {
      const records = yield* Records
      const log = yield* Log
      const world = yield* Effect.context<Budget | FileSystem.FileSystem | Home | Path.Path>()
      const catalog = yield* Catalog

      const index = Effect.fn("Indexes.index")(function* (product: string, profile: keyof typeof profiles) {
        const { version, at } = yield* catalog.show(product)
        const facts = yield* Effect.provideContext(readHouseFacts(version), world)
        return yield* records.read((db) => indexVersion(db, version, facts, profile, at))
      })

      const record = Effect.fn("Indexes.record")(function* (testimony: Testimony) {
        yield* catalog.show(testimony.product)
        const at = DateTime.formatIso(yield* DateTime.now)
        return yield* records.write((db) => recordTestimony(db, log, testimony, at))
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

const unknownEvidence = (id: string): BadInput =>
  new BadInput({
    code: "evidence.unknown",
    message: `There is no evidence ${id.slice(0, 60)} that could be withdrawn.`,
    fix: "assay index PRODUCT --json lists what is on record.",
    where: { field: "evidence" }
  })
