import { describe, expect, it } from "@effect/vitest"
import { capDate } from "#privacy/budget/capDate.ts"

describe("capDate", () => {
  it("names the first day on which a release would not fit", () => {
    expect(capDate(10n, [{ units: 1n, everyDays: 31 }], "2026-01-01")).toEqual({
      runsOut: "2026-11-07",
      months: 10,
      lastsLongEnough: false
    })
  })

  it("adds up all products and counts today's release", () => {
    const cadences = [
      { units: 3n, everyDays: 30 },
      { units: 2n, everyDays: 10 }
    ]
    expect(capDate(5n, cadences, "2026-01-01").runsOut).toBe("2026-01-11")
    expect(capDate(4n, cadences, "2026-01-01").runsOut).toBe("2026-01-01")
  })

  it("lets a product be listed from 24 months on", () => {
    const lasts = (left: bigint) => capDate(left, [{ units: 1n, everyDays: 30.436875 }], "2026-01-01").lastsLongEnough
    expect(lasts(23n)).toBe(false)
    expect(lasts(24n)).toBe(true)
  })

  it("does not run out when nothing charges", () => {
    expect(capDate(0n, [], "2026-01-01")).toEqual({ runsOut: undefined, months: 1200, lastsLongEnough: true })
  })
})
