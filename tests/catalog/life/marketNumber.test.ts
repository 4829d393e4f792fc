import { describe, expect, it } from "@effect/vitest"
import { checkCharacter, marketNumber, marketStages } from "#catalog/life/marketNumber.ts"
import type { MarketStage } from "#catalog/life/marketNumber.ts"

const stages = Object.keys(marketStages) as ReadonlyArray<MarketStage>
const at = "2026-11-22T10:00:00.000Z"

describe("numbers of the market's flow", () => {
  it("name stage and day, are the same for the same thing and differ between things and stages", () => {
    const all = stages.flatMap((stage) => Array.from({ length: 500 }, (_, i) => marketNumber(stage, `ord_${i}`, at)))
    expect(new Set(all).size).toBe(all.length)
    expect(marketNumber("trade", "ord_1", at)).toBe(marketNumber("trade", "ord_1", at))
    for (const stage of stages)
      expect(marketNumber(stage, "x", at)).toMatch(
        new RegExp(`^${marketStages[stage].letters}-20261122-[0-9A-Z]{12}-[0-9A-Z]$`)
      )
  })

  it("show a single mistyped character", () => {
    const number = marketNumber("voucher", "ord_1", at)
    const [body, check] = [number.slice(0, -2), number.slice(-1)]
    for (let i = 12; i < body.length; i++)
      for (const wrong of "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        if (wrong !== body[i]) expect(checkCharacter(body.slice(0, i) + wrong + body.slice(i + 1))).not.toBe(check)
  })
})
