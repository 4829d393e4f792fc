import { describe, expect, it } from "@effect/vitest"
import type { Contract } from "#catalog/contract/Contract.ts"
import { compareContracts } from "#catalog/contract/compareContracts.ts"
import { contractOf } from "#catalog/contract/contractOf.ts"
import { nextContract } from "#catalog/contract/nextContract.ts"
import { sampleVersion } from "../sampleVersion.ts"

const before: Contract = {
  kind: "dp_aggregate",
  columns: [
    { name: "state", type: "VARCHAR", unit: "" },
    { name: "spend", type: "BIGINT", unit: "CNY" }
  ],
  purposes: ["dpv:MarketResearch", "dpv:Marketing"],
  territory: ["CN", "DE"],
  onward: true,
  retentionDays: 365,
  freshnessDays: 31,
  halfWidths: { spend: 100 },
  recipient: null
}
const levelOf = (changes: Partial<Contract>) => compareContracts(before, { ...before, ...changes })

describe("the contract of a version", () => {
  it("is broken by whatever a buyer can no longer do or rely on, and says what", () => {
    const [state, spend] = before.columns as [Contract["columns"][number], Contract["columns"][number]]
    for (const [changes, words] of [
      [{ columns: [spend] }, "Column state is gone"],
      [{ columns: [{ ...state, name: "province" }, spend] }, "Column state is gone"],
      [{ columns: [state, { ...spend, type: "DOUBLE" }] }, "was BIGINT and is DOUBLE"],
      [{ columns: [state, { ...spend, unit: "USD" }] }, "was in CNY and is in USD"],
      [{ purposes: ["dpv:MarketResearch"] }, "dpv:Marketing is no longer allowed"],
      [{ territory: ["CN"] }, "no longer be used in DE"],
      [{ onward: false }, "Onward use is no longer"],
      [{ retentionDays: 30 }, "kept for 30 days only"],
      [{ freshnessDays: 92 }, "more rarely"],
      [{ freshnessDays: null }, "more rarely"],
      [{ halfWidths: { spend: 120 } }, "±100 and is within ±120"],
      [{ kind: "synthetic" }, "was dp_aggregate and is synthetic"],
      [{ recipient: "party:acme" }, "another recipient"]
    ] as const) {
      const { level, reasons } = levelOf(changes)
      expect([level, reasons.map(({ en }) => en).join("; ")]).toEqual(["breaking", expect.stringContaining(words)])
      expect(reasons.every(({ zh }) => zh !== "")).toBe(true)
    }
  })

  it("is added to by new columns, wider terms and better figures", () => {
    for (const changes of [
      { columns: [...before.columns, { name: "city", type: "VARCHAR", unit: "" }] },
      { purposes: [...before.purposes, "dpv:ScientificResearch"] },
      { territory: ["CN", "DE", "FR"] },
      { retentionDays: null },
      { freshnessDays: 7 },
      { halfWidths: { spend: 50 } }
    ] satisfies ReadonlyArray<Partial<Contract>>)
      expect(levelOf(changes)).toMatchObject({ level: "minor", reasons: [{}] })
    expect(levelOf({ territory: ["*"] }).level).toBe("minor")
    const both = levelOf({ onward: false, retentionDays: null })
    expect([both.level, both.reasons.length]).toEqual(["breaking", 2])
  })

  it("stays where only the data are new: other order, and bounds that moved a little", () => {
    expect(levelOf({})).toEqual({ level: "patch", reasons: [] })
    expect(levelOf({ columns: before.columns.toReversed(), halfWidths: { spend: 105 } }).level).toBe("patch")
  })

  it("counts as semantic versions do", () => {
    expect(nextContract("0.0.0", "first")).toBe("1.0.0")
    expect(nextContract("1.2.3", "breaking")).toBe("2.0.0")
    expect(nextContract("1.2.3", "minor")).toBe("1.3.0")
    expect(nextContract("1.2.9", "patch")).toBe("1.2.10")
  })

  it("is read off a version: columns, terms, freshness, half widths of its certificate", () => {
    const certificate = { measures: [{ name: "orders", halfWidth95: 12 }] }
    expect(contractOf(sampleVersion({ certificate }))).toEqual({
      kind: "dp_aggregate",
      columns: [{ name: "state", type: "VARCHAR", unit: "" }],
      purposes: ["dpv:MarketResearch"],
      territory: ["CN"],
      onward: false,
      retentionDays: 365,
      freshnessDays: 31,
      halfWidths: { orders: 12 },
      recipient: null
    })
  })
})
