import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { TestClock } from "effect/testing"
import { Buyers } from "#catalog/buyer/Buyers.ts"
import { catalogLayer } from "../catalogLayer.ts"

const acme = { buyer: "acme", legalEntity: "Acme GmbH", country: "DE", taxId: "DE123" }

describe("Buyers", () => {
  it.effect("keeps who checked what on which evidence, and a second person's word", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(Date.parse("2026-11-22T00:00:00.000Z"))
      const buyers = yield* Buyers
      yield* buyers.verify(acme, { by: "Ann", evidence: "HRB 1234, 2026-11-20" })
      yield* TestClock.adjust("1 day")
      const again = yield* buyers.verify({ ...acme, country: "FR" }, { by: "Ben", evidence: "Kbis 9" })
      expect(again).toMatchObject({ country: "FR", verifiedAt: "2026-11-23T00:00:00.000Z" })
      expect(yield* Effect.flip(buyers.confirm("acme", "Ben"))).toMatchObject({
        _tag: "Refused",
        code: "buyer.same-person"
      })
      expect(yield* buyers.confirm("acme", "Cid")).toMatchObject({ by: "Ben", confirmedBy: "Cid" })
      expect(yield* buyers.confirm("acme", "Dan")).toMatchObject({ confirmedBy: "Cid" })
      expect(yield* buyers.history("acme")).toMatchObject([
        { country: "FR", by: "Ben", evidence: "Kbis 9", confirmedBy: "Cid" },
        { country: "DE", by: "Ann", evidence: "HRB 1234, 2026-11-20", confirmedBy: null }
      ])
      expect(yield* Effect.flip(buyers.confirm("bold", "Ann"))).toMatchObject({ code: "buyer.unknown" })
      expect(yield* Effect.flip(buyers.verify(acme, { by: "Ann", evidence: " " }))).toMatchObject({ code: "buyer.by" })
    }).pipe(Effect.provide(catalogLayer))
  )
})
