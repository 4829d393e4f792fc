import { assert, describe, it } from "@effect/vitest"
import { BadInput } from "#core/BadInput.ts"
import { newId } from "#core/ids/newId.ts"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { formatMoney } from "#core/money/formatMoney.ts"
import { parseMoney } from "#core/money/parseMoney.ts"
import { secureBits, seededBits } from "#core/random/BitSource.ts"
import { uniformBigInt } from "#core/random/uniformBigInt.ts"
import { uniformInt } from "#core/random/uniformInt.ts"
import { monthOf } from "#core/time/Period.ts"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"

describe("money", () => {
  it("reads and writes amounts to the fen", () => {
    for (const text of ["12000.00 CNY", "0.01 USD", "-3.05 EUR", "9999999999999.99 CNY"]) {
      assert.strictEqual(formatMoney(parseMoney(text)), text)
    }
    assert.deepStrictEqual(parseMoney("120.5 CNY"), { minor: 12050, currency: "CNY" })
  })

  it("refuses what is not an amount, and says how to write one", () => {
    for (const text of ["", "12", "12.345 CNY", "1e3 CNY", "12 cny", "12.00CNY", "١٢ CNY"]) {
      assert.throws(() => parseMoney(text), BadInput)
    }
  })
})

describe("monthOf", () => {
  it("ends a December at the next January", () => {
    assert.deepStrictEqual(monthOf("2026-12-31T23:59:59Z"), { id: "2026-12", from: "2026-12-01", to: "2027-01-01" })
  })

  it("throws for what is not a day", () => {
    assert.throws(() => monthOf("2026-13-01"), RangeError)
  })
})

describe("canonicalJson", () => {
  it("gives the text of RFC 8785, section 3.2.2 and 3.2.3", () => {
    assert.strictEqual(
      canonicalJson({
        numbers: [333333333.3333333, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
        string: "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"/",
        literals: [null, true, false]
      }),
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`
    )
    assert.strictEqual(
      canonicalJson({ "\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\ud83d\ude00": 5, "\u0080": 6, "\u00f6": 7 }),
      '{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}'
    )
  })

  it("throws for NaN, infinities, bigint and lone surrogates", () => {
    for (const value of [Number.NaN, Infinity, 1n, "\ud800"]) assert.throws(() => canonicalJson(value), TypeError)
  })
})

describe("random", () => {
  it("repeats a seeded stream and differs between seeds", () => {
    const draw = (seed: number): Array<number> => {
      const bits = seededBits(seed)
      return Array.from({ length: 20_000 }, () => bits.u32())
    }
    assert.deepStrictEqual(draw(7), draw(7))
    assert.notDeepEqual(draw(7), draw(8))
  })

  it("draws below small and large bounds evenly (chi-square over 10 cells, false alarm 1e-6)", () => {
    const bits = seededBits("uniform")
    for (const draw of [
      () => uniformInt(bits, 10),
      () => Math.floor(uniformInt(bits, 2 ** 53) / (2 ** 53 / 10)),
      () => Number((uniformBigInt(bits, 10n ** 40n) * 10n) / 10n ** 40n)
    ]) {
      const cells = new Float64Array(10)
      for (let i = 0; i < 20_000; i++) cells[draw()]!++
      const statistic = cells.reduce((sum, n) => sum + (n - 2000) ** 2 / 2000, 0)
      assert.isBelow(statistic, 44.8)
    }
  })

  it("throws for bounds that no draw can meet", () => {
    assert.throws(() => uniformInt(secureBits(), 0), RangeError)
    assert.throws(() => uniformInt(secureBits(), 2 ** 53 + 2), RangeError)
    assert.throws(() => uniformBigInt(secureBits(), 0n), RangeError)
  })
})

describe("names", () => {
  it("makes ids that carry 128 bits and never repeat", () => {
    const ids = new Set(Array.from({ length: 1000 }, () => newId("ord")))
    assert.strictEqual(ids.size, 1000)
    for (const id of ids) assert.match(id, /^ord_[0-9a-z]{26}$/)
  })

  it("quotes identifiers part by part", () => {
    assert.strictEqual(quoteIdentifier("raw", 'a"b'), '"raw"."a""b"')
    assert.throws(() => quoteIdentifier(""), RangeError)
  })
})
