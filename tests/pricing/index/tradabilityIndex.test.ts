import { describe, expect, it } from "@effect/vitest"
import { seededBits } from "#core/random/BitSource.ts"
import { publicNumber } from "#pricing/evidence/publicNumber.ts"
import type { IndexEvidence } from "#pricing/index/IndexEvidence.ts"
import { gates, profiles } from "#pricing/index/Profile.ts"
import { tradabilityIndex } from "#pricing/index/tradabilityIndex.ts"
import { wilsonLower } from "#pricing/index/wilsonLower.ts"

const at = "2026-11-22T00:00:00.000Z"
const long = "2026-01-01T00:00:00.000Z"
const recent = "2026-11-01T00:00:00.000Z"
const piece = (item: string, value: number, trials?: number): IndexEvidence => ({
  item,
  value: publicNumber(value, "share", "test", recent),
  ...(trials === undefined ? {} : { trials: publicNumber(trials, "row", "test", recent) }),
  when: recent,
  note: "test"
})
const profile = profiles["dcmm-8"]
const items = profile.domains.flatMap((domain) => domain.items)
const all = (value: number, trials: number): ReadonlyArray<IndexEvidence> => [
  ...gates.map(({ id }) => piece(id, 1)),
  ...items.map(({ id, sampled }) => piece(id, value, sampled ? trials : undefined))
]
const full = all(1, 100_000)

describe("wilsonLower", () => {
  it("gives the values of pricing.md and never rewards small samples", () => {
    // pricing.md has them rounded up to three digits: 0.916 and 0.958.
    expect(Math.ceil(1000 * wilsonLower(97, 100))).toBe(916)
    expect(Math.ceil(1000 * wilsonLower(970, 1000))).toBe(958)
    expect(wilsonLower(0, 0)).toBe(0)
    expect(wilsonLower(0, 10)).toBe(0)
    for (let n = 1; n < 2000; n++) expect(wilsonLower(n, n)).toBeLessThan(wilsonLower(n + 1, n + 1))
    expect(() => wilsonLower(2, 1)).toThrow(RangeError)
  })
})

describe("the profiles", () => {
  it("have weights that sum to 100, items named once, and eleven gates", () => {
    for (const { domains } of Object.values(profiles)) {
      expect(domains.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(100, 9)
      const ids = domains.flatMap((domain) => domain.items.map(({ id }) => id))
      expect(new Set(ids).size).toBe(ids.length)
    }
    expect([profiles["dcmm-8"].domains.length, profiles["dcmm-9"].domains.length, gates.length]).toEqual([8, 9, 11])
  })
})

describe("tradabilityIndex", () => {
  it("is near 100 with all evidence, and 0 and blocked with any one gate failing", () => {
    const whole = tradabilityIndex(profile, full, long, at)
    expect(whole.index).toBeGreaterThan(99)
    expect(whole).toMatchObject({ isTradable: true, reasons: [], profile: "dcmm-8/after-day-90" })
    for (const { id } of gates) {
      const blocked = tradabilityIndex(
        profile,
        full.filter(({ item }) => item !== id),
        long,
        at
      )
      expect([blocked.index, blocked.isTradable]).toEqual([0, false])
      expect(blocked.ungated).toBe(whole.index)
      expect(blocked.next[0]).toMatchObject({ item: id, points: whole.index })
    }
  })

  it("falls when any one piece of evidence is removed or expires", () => {
    const whole = tradabilityIndex(profile, full, long, at).index
    for (const { id } of items) {
      const without = full.filter(({ item }) => item !== id)
      expect(tradabilityIndex(profile, without, long, at).index).toBeLessThan(whole)
      const expired = [...without, { ...piece(id, 1, 100_000), expiresAt: at }]
      const index = tradabilityIndex(profile, expired, long, at)
      expect(index.index).toBeLessThan(whole)
      expect(index.domains.flatMap((domain) => domain.items).find((one) => one.id === id)!.state).toBe("expired")
    }
  })

  it("leaves trading history out before day 90, renormalises and says so", () => {
    const history = new Set(items.filter(({ phase }) => phase === "after").map(({ id }) => id))
    const young = tradabilityIndex(
      profile,
      full.filter(({ item }) => !history.has(item)),
      recent,
      at
    )
    expect(young.index).toBeGreaterThan(99)
    expect(young).toMatchObject({ profile: "dcmm-8/before-day-90", isTradable: true })
    expect(young.profileName.en).toContain("without trading history")
    expect(young.domains.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(100, 9)
    expect(
      tradabilityIndex(
        profile,
        full.filter(({ item }) => !history.has(item)),
        long,
        at
      ).index
    ).toBeLessThan(young.index)
  })

  it("does not reach 85 by small samples, nor by hiding a weak domain behind strong ones", () => {
    const small = tradabilityIndex(profile, all(1, 4), long, at)
    const quality = small.domains.find(({ id }) => id === "quality")!
    expect(quality.score).toBeLessThan(0.65)
    expect(small.isTradable).toBe(tradabilityIndex(profile, all(1, 4), long, at).index >= 85 && quality.score >= 0.6)
    const tiny = tradabilityIndex(profile, all(1, 2), long, at)
    expect([tiny.isTradable, tiny.weakest.id]).toEqual([false, "quality"])
    const lopsided = full.filter(({ item }) => !["mvds_statement", "value_hypothesis"].includes(item))
    const hidden = tradabilityIndex(profile, lopsided, long, at)
    expect(hidden.index).toBeGreaterThan(85)
    expect([hidden.isTradable, hidden.weakest.id]).toEqual([false, "strategy"])
    expect(hidden.geometric).toBeLessThan(hidden.index)
  })

  it("gives a rate without its sample size no credit", () => {
    const bare = tradabilityIndex(
      profile,
      full.map(({ item, value, when, note }) => ({ item, value, when, note })),
      long,
      at
    )
    expect(bare.domains.flatMap((domain) => domain.items).find(({ id }) => id === "uniqueness")!.score).toBe(0)
  })

  it("never falls when a score rises, whatever the order of the evidence, in 10,000 cases", () => {
    const bits = seededBits("index")
    const unit = (): number => bits.u32() / 2 ** 32
    for (let trial = 0; trial < 10_000; trial++) {
      const some = full.map((one) => ({
        ...one,
        value: { ...one.value, value: one.item.startsWith("G") ? 1 : unit() }
      }))
      const i = bits.u32() % some.length
      const before = tradabilityIndex(profile, some, long, at)
      const better = some.map((one, k) =>
        k === i ? { ...one, value: { ...one.value, value: Math.min(1, one.value.value + unit()) } } : one
      )
      expect(tradabilityIndex(profile, better, long, at).index).toBeGreaterThanOrEqual(before.index)
      expect(tradabilityIndex(profile, some.toReversed(), long, at)).toEqual(before)
    }
  }, 60_000)

  it("points to what gains the most, and doing it gains just that", () => {
    const some = full.filter(({ item }) => item !== "attack_results" && item !== "exports")
    const index = tradabilityIndex(profile, some, long, at)
    expect(index.next.slice(0, 2).map(({ item }) => item)).toEqual(["attack_results", "exports"])
    const done = tradabilityIndex(profile, [...some, piece("attack_results", 1)], long, at)
    expect(done.index - index.index).toBeCloseTo(index.next[0]!.points, 9)
  })
})
