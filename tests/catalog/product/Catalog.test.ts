import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { TestClock } from "effect/testing"
import { Catalog } from "#catalog/product/Catalog.ts"
import type { VersionDraft } from "#catalog/product/ProductVersion.ts"
import { BadInput } from "#core/BadInput.ts"
import { Log } from "#core/log/Log.ts"
import { Records } from "#core/records/Records.ts"
import { Refused } from "#core/Refused.ts"
import { releasedNumber } from "#pricing/evidence/releasedNumber.ts"
import { catalogLayer } from "../catalogLayer.ts"
import { listVersion } from "../listVersion.ts"
import { listedAt, sampleVersion } from "../sampleVersion.ts"

const publish = Effect.fnUntraced(function* (draft: VersionDraft) {
  const catalog = yield* Catalog
  const records = yield* Records
  return yield* records.write((db) => listVersion(db, catalog, draft))
})
const at = (iso: string) => TestClock.setTime(Date.parse(iso))
const bits = (value: number, release: string) => releasedNumber(value, "bit", "release:x#depth", listedAt, release)

describe("Catalog", () => {
  it.effect("lists a version at the base price on the day of its reference artefact", () =>
    Effect.gen(function* () {
      yield* at(listedAt)
      const version = yield* publish(sampleVersion())
      expect(version).toMatchObject({ version: "2026-11.1", status: "listed" })

      const catalog = yield* Catalog
      const [listing, ...others] = yield* catalog.list
      expect(others).toEqual([])
      expect(listing).toMatchObject({
        product: "orders_by_state",
        price: { minor: 1_200_000, currency: "CNY" },
        ageDays: 0,
        timeliness: 100
      })
      expect(listing!.version).toEqual(version)
      expect(listing!.priceTree.value).toBe(1_200_000)
      expect(listing!.depth).toBeCloseTo(100 * (0.5 * (7.1 / 16) + 0.2 * (1 - 2 ** (-1 / 3))), 3)
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("writes one version for one release, however often it is told", () =>
    Effect.gen(function* () {
      const once = yield* publish(sampleVersion())
      expect(yield* publish(sampleVersion())).toEqual(once)
      expect(yield* (yield* Catalog).versions("orders_by_state")).toEqual([once])
      expect((yield* (yield* Log).drain).size).toBe(1)
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("refuses other bytes for a release that is on record, and leaves the record as it is", () =>
    Effect.gen(function* () {
      const once = yield* publish(sampleVersion())
      const error = yield* Effect.flip(publish(sampleVersion({ artefact: "0".repeat(64) })))
      expect(error).toBeInstanceOf(Refused)
      expect(yield* (yield* Catalog).versions("orders_by_state")).toEqual([once])
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("rolls the version back with the transaction it was written in", () =>
    Effect.gen(function* () {
      const catalog = yield* Catalog
      const records = yield* Records
      const refusal = new Refused({ code: "budget.exhausted", message: "No.", fix: "Wait." })
      yield* Effect.flip(
        records.write((db) => {
          listVersion(db, catalog, sampleVersion())
          throw refusal
        })
      )
      expect(yield* catalog.list).toEqual([])
      expect((yield* (yield* Log).drain).size).toBe(0)
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("numbers versions within their period and keeps the first as the reference", () =>
    Effect.gen(function* () {
      yield* at(listedAt)
      yield* publish(sampleVersion())
      yield* publish(sampleVersion({ release: "rel_2", bits: bits(14.2, "rel_2") }))
      yield* publish(sampleVersion({ release: "rel_3", period: "2026-12" }))
      const catalog = yield* Catalog
      const versions = yield* catalog.versions("orders_by_state")
      expect(versions.map((version) => version.version)).toEqual(["2026-12.1", "2026-11.2", "2026-11.1"])
      // Twice the bits of the reference, twice its price.
      expect((yield* catalog.show("orders_by_state", "2026-11.2")).price.minor).toBe(2_400_000)
      expect((yield* catalog.show("orders_by_state")).version.version).toBe("2026-12.1")
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("asks less as the rows age", () =>
    Effect.gen(function* () {
      yield* publish(sampleVersion())
      const catalog = yield* Catalog
      let previous = Infinity
      for (const day of ["2026-11-12", "2026-11-13", "2026-11-14", "2026-12-12", "2027-11-12"]) {
        yield* at(`${day}T12:00:00Z`)
        const { price } = yield* catalog.show("orders_by_state")
        expect(price.minor).toBeLessThanOrEqual(previous)
        previous = price.minor
      }
      expect(previous).toBeLessThan(500_000)
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("keeps a release that says nothing on record, without a price", () =>
    Effect.gen(function* () {
      const empty = yield* publish(sampleVersion({ bits: bits(0, "rel_1") }))
      expect(empty.status).toBe("withheld")
      const catalog = yield* Catalog
      expect(yield* catalog.list).toEqual([])
      const error = yield* Effect.flip(catalog.show("orders_by_state"))
      expect(error).toMatchObject({ _tag: "BadInput", code: "product.version" })

      // The next version with something in it becomes the reference.
      yield* at(listedAt)
      yield* publish(sampleVersion({ release: "rel_2" }))
      expect((yield* catalog.show("orders_by_state")).price.minor).toBe(1_200_000)
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("says which products and versions there are when asked for another", () =>
    Effect.gen(function* () {
      yield* publish(sampleVersion())
      const catalog = yield* Catalog
      const product = yield* Effect.flip(catalog.show("orders_by_stat"))
      expect(product).toBeInstanceOf(BadInput)
      expect(product.fix).toContain("orders_by_state")
      const version = yield* Effect.flip(catalog.show("orders_by_state", "2026-10.1"))
      expect(version.fix).toContain("2026-11.1")
      expect(yield* Effect.flip(catalog.versions("nothing"))).toBeInstanceOf(BadInput)
    }).pipe(Effect.provide(catalogLayer))
  )
})
