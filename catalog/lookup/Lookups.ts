import { Context, DateTime, Effect, FileSystem, Layer, Path, Semaphore } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Home } from "#core/home/Home.ts"
import { Records } from "#core/records/Records.ts"
import type { RecordsError } from "#core/records/Records.ts"
import { Refused } from "#core/Refused.ts"
import { Unavailable } from "#core/Unavailable.ts"
import { Noise } from "#privacy/dp/Noise.ts"
import { reckon } from "#pricing/evidence/reckon.ts"
import { readAccuracyRelease } from "../accuracy/readAccuracyRelease.ts"
import { offerArtefact } from "../delivery/offerArtefact.ts"
import type { UsageTotal } from "../usage/Usage.ts"
import type { ApiKey } from "./ApiKey.ts"
import { findRows } from "./findRows.ts"
import type { Found } from "./findRows.ts"
import { loadTable } from "./loadTable.ts"
import type { LookupTable } from "./LookupTable.ts"
import { meterTogether } from "./meterTogether.ts"
import { readHolder } from "./readHolder.ts"
import { recogniseKey } from "./readKey.ts"

/** Rows of a released version: nothing is drawn for an answer and nothing charged to the budget. */
export interface Answered extends Found {
  readonly product: string
  readonly version: string
  /** SHA-256 of the file on the shelf that the rows are of. */
  readonly artefact: string
  readonly columns: LookupTable["columns"]
  /** Of the release. */
  readonly guarantee: { readonly epsilon: number; readonly delta: number }
}

/** Single lookups in what was bought or is tried, by the key columns of a release. */
export class Lookups extends Context.Service<
  Lookups,
  {
    /** Rows by key. `Refused` for a key, an order or a trial that does not allow it; counted before it is answered. */
    lookup(
      token: string,
      product: string,
      query: Readonly<Record<string, unknown>>
    ): Effect.Effect<Answered, RecordsError>
    /** What the key's buyer has used, by month and meter. */
    usage(token: string): Effect.Effect<ReadonlyArray<UsageTotal>, RecordsError>
  }
>()("catalog/Lookups") {
  static readonly layer: Layer.Layer<Lookups, never, Records | Home | Noise | FileSystem.FileSystem | Path.Path> =
    Layer.effect(
      Lookups,
      Effect.gen(function* () {
        const records = yield* Records
        const world = yield* Effect.context<Home | Noise | Records | FileSystem.FileSystem | Path.Path>()
        const meter = yield* meterTogether
        const tables = new Map<string, LookupTable>()
        const opened = new Map<string, Opened>()

        // One at a time: many calls for a table that is not there yet would all read it.
        const loading = yield* Semaphore.make(1)
        const tableOf = Effect.fnUntraced(function* (artefact: string, keys: ReadonlyArray<string>) {
          const known = tables.get(artefact)
          if (known !== undefined) return known
          const table = yield* loadTable(artefact, keys)
          if (tables.size >= mostTables) tables.delete(tables.keys().next().value!)
          tables.set(artefact, table)
          return table
        }, loading.withPermits(1))

        /** What a key opens. Decided anew each second: a document of terms is large, and lookups are many. */
        const openFor = Effect.fnUntraced(function* (key: ApiKey, now: string, millis: number) {
          const known = opened.get(key.id)
          if (known !== undefined && millis < known.until) return known
          opened.delete(key.id)
          const holding = yield* records.read((db) => readHolder(db, key.holder, now))
          const { version, offer, trial, buyer } = holding
          if (version.kind !== undefined) return yield* notAggregate(version.product)
          const artefact = offer === undefined ? version.artefact : yield* offerArtefact(version, offer)
          const own =
            offer === undefined ? undefined : yield* records.read((db) => readAccuracyRelease(db, version.id, offer.id))
          const { epsilon, delta } = own ?? version
          const keys = version.columns.filter(({ part }) => part === "key").map(({ name }) => name)
          const table = yield* tableOf(artefact, keys)
          const fresh: Opened = {
            until: millis + 1000,
            table,
            artefact,
            product: version.product,
            version: version.version,
            buyer,
            trial,
            guarantee: { epsilon, delta }
          }
          if (opened.size >= mostOpened) opened.clear()
          opened.set(key.id, fresh)
          return fresh
        })

        const lookup = Effect.fnUntraced(
          function* (token: string, product: string, query: Readonly<Record<string, unknown>>) {
            const clock = yield* DateTime.now
            const now = DateTime.formatIso(clock)
            const key = yield* records.read((db) => recogniseKey(db, token, "lookup", now))
            if (key.product !== product) return yield* otherProduct(product, key.product)
            const open = yield* openFor(key, now, DateTime.toEpochMillis(clock))
            const found = yield* reckon(() => findRows(open.table, query))
            const { trial, buyer, version, artefact, guarantee } = open
            const outputs = Math.max(1, found.rows.length)
            const counting = meter({ key: key.id, buyer, trial, product, version, outputs, at: now })
            // A trial that has come to its end may have been bought meanwhile: the next call asks anew.
            yield* Effect.tapError(counting, () => Effect.sync(() => opened.delete(key.id)))
            return { product, version, artefact, columns: open.table.columns, guarantee, ...found }
          },
          Effect.scoped,
          Effect.provide(world),
          Effect.mapError(toExpected)
        )

        const usage = Effect.fn("Lookups.usage")(function* (token: string) {
          const now = DateTime.formatIso(yield* DateTime.now)
          return yield* records.read((db) => {
            const { buyer } = recogniseKey(db, token, "usage", now)
            return db.all<UsageTotal & object>(
              `select tenant, meter, product, version, period, quantity, events, late, lower(hex(chain)) as evidence
               from usage_total where tenant = $buyer order by period desc, meter, product, version`,
              { buyer }
            )
          })
        })
        return Lookups.of({ lookup, usage })
      })
    )
}

interface Opened {
  /** Milliseconds since 1970: until then it is not asked again. */
  readonly until: number
  readonly table: LookupTable
  readonly artefact: string
  readonly product: string
  readonly version: string
  readonly buyer: string
  readonly trial: string | undefined
  readonly guarantee: Answered["guarantee"]
}

/** Tables and decisions that stay in memory. */
const mostTables = 16
const mostOpened = 10_000

const otherProduct = (asked: string, own: string): Refused =>
  new Refused({
    code: "lookup.product",
    message: `The key opens ${own}, not ${asked.slice(0, 60)}.`,
    fix: `Ask /api/v1/lookup/${own}, or buy the other product and use a key of that order.`
  })

const notAggregate = (product: string): Refused =>
  new Refused({
    code: "lookup.kind",
    message: `${product} has rows, not figures by key.`,
    fix: "Have it delivered as a file, or read it through Delta Sharing."
  })

function toExpected(failure: unknown): RecordsError {
  if (failure instanceof BadInput || failure instanceof Refused || failure instanceof Unavailable) return failure
  return new Unavailable({
    code: "lookup.disk",
    message: "The released table could not be read.",
    fix: "Check that the disk of the home folder has space, then ask again."
  })
}
