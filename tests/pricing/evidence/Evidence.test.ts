import { Schema } from "effect"
import { describe, expect, expectTypeOf, it } from "@effect/vitest"
import { derivedNumber } from "#pricing/evidence/derivedNumber.ts"
import { Evidence } from "#pricing/evidence/Evidence.ts"
import type { Paid, Public, Released } from "#pricing/evidence/Evidence.ts"
import { paidNumber } from "#pricing/evidence/paidNumber.ts"
import { publicNumber } from "#pricing/evidence/publicNumber.ts"
import { releasedNumber } from "#pricing/evidence/releasedNumber.ts"
import type { aggregateDepth } from "#pricing/depth/aggregateDepth.ts"
import type { depthScore } from "#pricing/depth/depthScore.ts"
import type { rowMeasure } from "#pricing/depth/rowMeasure.ts"
import type { PriceInputs } from "#pricing/price/PriceInputs.ts"
import type { QuoteInputs } from "#pricing/quote/QuoteInputs.ts"
import type { ttlScore } from "#pricing/ttl/ttlScore.ts"

const when = "2026-11-22T00:00:00.000Z"

/** The kinds of a type's members, deeply: what a price can be fed with. */
type Leaves<T> = T extends Evidence
  ? "evidence"
  : T extends string
    ? "text"
    : T extends number
      ? "raw number"
      : T extends ReadonlyArray<infer U>
        ? Leaves<U>
        : { [K in keyof T]: Leaves<T[K]> }[keyof T]

describe("Evidence", () => {
  it("does not take a raw number for an input of a price, a score or a row measure", () => {
    expectTypeOf<number>().not.toExtend<Evidence>()
    expectTypeOf<{ value: number }>().not.toExtend<Evidence>()
    expectTypeOf<Leaves<PriceInputs>>().toEqualTypeOf<"evidence">()
    expectTypeOf<Leaves<QuoteInputs>>().toEqualTypeOf<"evidence" | "text">()
    expectTypeOf<Leaves<Parameters<typeof rowMeasure>[0]>>().toEqualTypeOf<"evidence">()
    expectTypeOf<Parameters<typeof depthScore>[0]>().toEqualTypeOf<Evidence>()
    expectTypeOf<Parameters<typeof ttlScore>[0]>().toEqualTypeOf<Evidence>()
    expectTypeOf<ReturnType<typeof aggregateDepth>["bits"]>().toEqualTypeOf<Released>()
  })

  it("keeps the three kinds apart", () => {
    expectTypeOf<Public>().not.toExtend<Released>()
    expectTypeOf<Released>().not.toExtend<Paid>()
    expect(publicNumber(1, "minor", "product:p#price.base", when)).toEqual({
      kind: "public",
      value: 1,
      unit: "minor",
      where: "product:p#price.base",
      when
    })
    expect(releasedNumber(1, "bit", "release:r#depth", when, "r").release).toBe("r")
    expect(paidNumber(1, "row", "ledger:c", when, "c").charge).toBe("c")
  })

  it("refuses NaN and infinities of every kind", () => {
    for (const value of [Number.NaN, Infinity, -Infinity]) {
      expect(() => publicNumber(value, "", "", when)).toThrow(RangeError)
      expect(() => releasedNumber(value, "", "", when, "r")).toThrow(RangeError)
      expect(() => paidNumber(value, "", "", when, "c")).toThrow(RangeError)
      expect(() => derivedNumber(value, "", "", when, [])).toThrow(RangeError)
    }
  })

  it("makes a derived number as protected as the most protected thing it came from", () => {
    const open = publicNumber(1, "", "", when)
    const released = releasedNumber(1, "", "", when, "r")
    const paid = paidNumber(1, "", "", when, "c")
    expect(derivedNumber(2, "", "", when, [open]).kind).toBe("public")
    expect(derivedNumber(2, "", "", when, [open, released])).toMatchObject({ kind: "released", release: "r" })
    expect(derivedNumber(2, "", "", when, [released, paid, open])).toMatchObject({ kind: "paid", charge: "c" })
  })

  it("decodes only with a kind, a place and a time", () => {
    const decode = Schema.decodeUnknownSync(Evidence)
    expect(() => decode({ value: 3 })).toThrow()
    expect(() => decode({ kind: "raw", value: 3, unit: "row", where: "x", when })).toThrow()
    expect(() => decode({ kind: "released", value: 3, unit: "row", where: "x", when })).toThrow()
  })
})
