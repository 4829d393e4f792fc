import { describe, expect, it } from "@effect/vitest"
import { Effect, Schema } from "effect"
import { TestClock } from "effect/testing"
import { chargePeriod } from "#catalog/usage/chargePeriod.ts"
import { Usage } from "#catalog/usage/Usage.ts"
import { UsageEvent } from "#catalog/usage/UsageEvent.ts"
import { Records } from "#core/records/Records.ts"
import { catalogLayer } from "../catalogLayer.ts"

const event = (
  id: string,
  quantity: number,
  more: Partial<UsageEvent["data"]> & { time?: string } = {}
): UsageEvent => {
  const { time = "2026-11-12T08:00:00Z", ...data } = more
  return {
    specversion: "1.0",
    type: "assay.usage",
    source: "api",
    id,
    time,
    data: { meter: "calls", product: "p", version: "1", quantity, ...data }
  }
}
const at = TestClock.setTime(Date.parse("2026-11-12T09:00:00Z"))

describe("Usage", () => {
  it.effect("counts an id once for ever, and tells repetition from contradiction", () =>
    Effect.gen(function* () {
      yield* at
      const usage = yield* Usage
      expect(yield* usage.record("Acme", [event("1", 2), event("2", 3), event("1", 2)])).toEqual({
        accepted: 2,
        duplicates: 1,
        late: 0
      })
      const before = yield* usage.totals()
      expect(before[0]).toMatchObject({ quantity: 5, events: 2, period: "2026-11" })
      yield* TestClock.adjust("1000 days")
      expect(yield* usage.record("Acme", [event("1", 2)])).toEqual({ accepted: 0, duplicates: 1, late: 0 })
      const error = yield* Effect.flip(usage.record("Acme", [event("9", 1), event("1", 3)]))
      expect(error).toMatchObject({ _tag: "Refused", code: "usage.conflict", where: { line: 2 } })
      expect(yield* usage.totals()).toEqual(before)
      // Another tenant's or meter's ids are other ids.
      yield* usage.record("Other", [event("1", 3)])
      yield* usage.record("Acme", [event("1", 3, { meter: "rows" })])
      expect(yield* usage.problems).toEqual([])
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("takes back by a reversing event, and no more than was counted", () =>
    Effect.gen(function* () {
      yield* at
      const usage = yield* Usage
      yield* usage.record("Acme", [event("1", 10)])
      yield* usage.record("Acme", [event("1-back", -4, { corrects: "1" })])
      expect((yield* usage.totals())[0]).toMatchObject({ quantity: 6, events: 2 })
      for (const [id, quantity, corrects] of [
        ["a", -7, "1"],
        ["b", -1, "unknown"],
        ["c", -1, "1-back"]
      ] as const) {
        const error = yield* Effect.flip(usage.record("Acme", [event(id, quantity, { corrects })]))
        expect(error).toMatchObject({ _tag: "Refused", code: "usage.correction" })
      }
      expect((yield* Effect.flip(usage.record("Acme", [event("d", -1)]))).code).toBe("usage.quantity")
      expect(yield* usage.problems).toEqual([])
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("refuses times that lie ahead or are no day, and sums that cannot be exact", () =>
    Effect.gen(function* () {
      yield* at
      const usage = yield* Usage
      yield* usage.record("Acme", [event("1", 1, { time: "2026-11-12T09:05:00Z" })])
      for (const time of ["2026-11-12T09:05:01Z", "2026-13-12T09:05:01Z"])
        expect((yield* Effect.flip(usage.record("Acme", [event("2", 1, { time })]))).code).toBe("usage.time")
      expect((yield* Effect.flip(usage.record("Acme", [event("3", Number.MAX_SAFE_INTEGER)]))).code).toBe(
        "usage.quantity"
      )
      expect((yield* usage.totals())[0]!.quantity).toBe(1)
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("finds a total that was tampered with", () =>
    Effect.gen(function* () {
      yield* at
      const usage = yield* Usage
      yield* usage.record("Acme", [event("1", 1)])
      yield* (yield* Records).write((db) => db.run("update usage_total set quantity = 2"))
      expect(yield* usage.problems).toHaveLength(1)
      yield* (yield* Records).write((db) => expect(() => db.run("delete from usage_event")).toThrow("append-only"))
    }).pipe(Effect.provide(catalogLayer))
  )

  it("is decoded strictly: fractions, missing ids and other versions of CloudEvents are not taken", () => {
    const decode = Schema.decodeUnknownExit(UsageEvent)
    expect(decode(event("1", 1))._tag).toBe("Success")
    for (const wrong of [
      event("1", 0.5),
      event("", 1),
      event("a\nb", 1),
      { ...event("1", 1), specversion: "0.3" },
      event("1", 1, { time: "2026-11-12" })
    ])
      expect(decode(wrong)._tag).toBe("Failure")
  })

  it("charges a late use in the first month that is open", () => {
    expect(chargePeriod("2026-11-30T23:59:59Z", undefined)).toBe("2026-11")
    expect(chargePeriod("2026-11-30T23:59:59Z", "2026-12")).toBe("2027-01")
    expect(chargePeriod("2026-11-30T23:59:59Z", "2026-10")).toBe("2026-11")
  })
})
