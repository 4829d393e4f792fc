import { readFileSync } from "node:fs"
import { afterAll, describe, expect, it } from "@effect/vitest"
import { discreteLaplaceRho } from "#privacy/dp/accounting/discreteLaplaceRho.ts"
import { gaussianRho } from "#privacy/dp/accounting/gaussianRho.ts"
import { rhoUnits } from "#privacy/dp/accounting/rhoUnits.ts"
import { zcdpRho } from "#privacy/dp/accounting/zcdpRho.ts"
import { Rational } from "#privacy/dp/sampler/Rational.ts"
import { evaluateKnownAnswer } from "./evaluateKnownAnswer.ts"
import type { KnownAnswer } from "./evaluateKnownAnswer.ts"

const file = process.env["DP_KNOWN_ANSWERS"] ?? new URL("dp-known-answers.json", import.meta.url)
const { known_answers: entries } = JSON.parse(readFileSync(file, "utf8")) as {
  known_answers: ReadonlyArray<KnownAnswer>
}

/** Groups that tests/privacy/disclosure/knownAnswers.test.ts answers; a group may leave this list, never join it. */
const elsewhere = ["anonymity", "pii"]
const inReach = entries.filter((entry) => !elsewhere.includes(entry.group))

describe("known answers (T1)", () => {
  it.each(inReach.map((entry) => [entry.id, entry] as const))("%s is met within its tolerance", (_, entry) => {
    const own = evaluateKnownAnswer(entry)
    expect(own).toBeDefined()
    const keys = typeof entry.expected === "number" ? [] : Object.keys(entry.expected)
    const at = (answer: KnownAnswer["expected"] | undefined, key: string): number =>
      (answer as Readonly<Record<string, number>>)[key] ?? 0
    const pairs =
      keys.length > 0
        ? keys.map((key) => [at(entry.expected, key), at(own, key)])
        : [[entry.expected as number, own as number]]
    for (const [expected, found] of pairs) {
      const allowed = Math.max(entry.tolerance.abs ?? 0, (entry.tolerance.rel ?? 0) * Math.abs(expected!))
      expect(Math.abs(found! - expected!)).toBeLessThanOrEqual(allowed)
    }
  })

  afterAll(() => {
    process.stderr.write(
      `\nknown answers: ${inReach.length} of ${entries.length} evaluated here; the groups ${elsewhere.join(", ")} beside the tests of disclosure\n`
    )
  })
})

describe("the figures of the house", () => {
  it.each([
    [0.1, 1.7714e-4],
    [1, 0.01497306],
    [10, 1.0907857]
  ])("eps %d at delta 1e-9 is rho %d", (eps, rho) => {
    expect(zcdpRho(eps, 1e-9)).toBeCloseTo(rho, 7)
  })

  it.each([
    [1, 0.462117],
    [2, 0.393469],
    [50, 0.367922]
  ])("discrete Laplace of sensitivity %d at eps 1 costs %d", (sensitivity, rho) => {
    expect(discreteLaplaceRho(1, sensitivity)).toBeCloseTo(rho, 6)
  })

  it("charges discrete Laplace more than the continuous law would, and no overflow makes it cheaper", () => {
    for (const eps of [0.01, 1, 30, 2000]) {
      expect(discreteLaplaceRho(eps, 3)).toBeGreaterThanOrEqual(eps + Math.expm1(-eps))
    }
  })
})

describe("rhoUnits", () => {
  it("rounds charges up and limits down", () => {
    const third = gaussianRho(1n, Rational(3n, 2n))
    expect(rhoUnits.chargeExact(third)).toBe((2n ** 40n + 2n) / 3n)
    expect(rhoUnits.limitOfDecimal("0.1")).toBe(2n ** 40n / 10n)
    expect(rhoUnits.limitOfDecimal("1.0907857")).toBe(1_199_331_560_561n)
    for (const rho of [1e-9, 0.1, 0.3, 1 / 3, 5]) {
      expect(rhoUnits.charge(rho)).toBeGreaterThanOrEqual(rhoUnits.limit(rho))
      expect(rhoUnits.toRho(rhoUnits.charge(rho))).toBeGreaterThanOrEqual(rho)
      expect(rhoUnits.toRho(rhoUnits.limit(rho))).toBeLessThanOrEqual(rho)
    }
    expect(rhoUnits.charge(0)).toBe(0n)
  })

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY, 5000])("treats %d as a bug", (rho) => {
    expect(() => rhoUnits.charge(rho)).toThrow(RangeError)
    expect(() => rhoUnits.limit(rho)).toThrow(RangeError)
  })

  it("reads limits only from plain decimals", () => {
    for (const text of ["", "1e3", "-1", "1.", "NaN"]) expect(() => rhoUnits.limitOfDecimal(text)).toThrow(RangeError)
  })
})
