import { describe, expect, it } from "@effect/vitest"
import { decideMove } from "#catalog/life/decideMove.ts"
import type { LifeFacts } from "#catalog/life/decideMove.ts"
import { lifeMoves, lifeStates } from "#catalog/life/LifeState.ts"
import type { LifeMove, LifeState } from "#catalog/life/LifeState.ts"

/** Nothing speaks against anything. */
const clear: LifeFacts = {
  product: "orders_by_state",
  actor: "boris",
  requestedBy: "anna",
  hasVersion: true,
  failedGates: [],
  isTradable: true,
  reasons: [],
  isFrozen: false,
  entitled: 0,
  today: "2026-11-22",
  endsOn: "2026-11-22",
  successor: null
}
const moves = Object.keys(lifeMoves) as ReadonlyArray<LifeMove>
const codes = (state: LifeState, move: LifeMove, changes: Partial<LifeFacts> = {}) =>
  decideMove(state, move, { ...clear, ...changes }).reasons.map(({ code }) => code)

/** The whole table, written out by hand: from, to, by which move. */
const possible: ReadonlyArray<readonly [LifeState, LifeState, LifeMove]> = [
  ["draft", "assessed", "submit"],
  ["assessed", "draft", "reject"],
  ["registered", "draft", "reject"],
  ["assessed", "registered", "register"],
  ["registered", "listed", "list"],
  ["listed", "suspended", "suspend"],
  ["suspended", "listed", "resume"],
  ["listed", "deprecated", "deprecate"],
  ["suspended", "deprecated", "deprecate"],
  ["draft", "retired", "retire"],
  ["assessed", "retired", "retire"],
  ["registered", "retired", "retire"],
  ["suspended", "retired", "retire"],
  ["deprecated", "retired", "retire"]
]

describe("the life of a product", () => {
  it("goes from a state to another by the moves of the table and by no other: every pair is tried", () => {
    const found: Array<readonly [LifeState, LifeState, LifeMove]> = []
    for (const from of lifeStates)
      for (const to of lifeStates)
        for (const move of moves) {
          const decided = decideMove(from, move, clear)
          if (decided.to === to && decided.reasons.length === 0) found.push([from, to, move])
        }
    expect(found.map(String).sort()).toEqual(possible.map(String).sort())
    for (const from of lifeStates)
      for (const move of moves)
        if (!possible.some(([start, , by]) => start === from && by === move))
          expect(codes(from, move)).toEqual(["life.move"])
  })

  it("has one end: nothing leads out of retired", () => {
    for (const move of moves) expect(codes("retired", move)).toEqual(["life.move"])
  })

  it("takes two people to put a product on sale, in whatever spelling, and one to take it off", () => {
    for (const [state, move] of [
      ["assessed", "register"],
      ["registered", "list"],
      ["suspended", "resume"]
    ] as const) {
      expect(codes(state, move, { actor: "anna" })).toEqual(["life.approver"])
      expect(codes(state, move, { actor: "ANNA" })).toEqual(["life.approver"])
      expect(codes(state, move, { requestedBy: null })).toEqual(["life.approver"])
    }
    for (const [state, move] of [
      ["listed", "suspend"],
      ["listed", "deprecate"],
      ["deprecated", "retire"],
      ["assessed", "reject"]
    ] as const)
      expect(codes(state, move, { actor: "anna", requestedBy: null })).toEqual([])
  })

  it("registers what has a lawful source, is no core data and is not disputed, and lists only what passes every gate", () => {
    expect(codes("assessed", "register", { failedGates: ["G5", "G8"], isTradable: false })).toEqual([])
    for (const gate of ["G1", "G3", "G7"])
      expect(codes("assessed", "register", { failedGates: [gate] })).toEqual(["life.gates"])
    for (let n = 1; n <= 11; n++)
      expect(codes("registered", "list", { failedGates: [`G${n}`], isTradable: false })).toEqual(["life.gates"])
  })

  it("lists nothing below the bar of the index, and says every reason", () => {
    const reasons = [
      { zh: "甲", en: "Security is below 0.60" },
      { zh: "乙", en: "Below the target of 85" }
    ]
    for (const [state, move] of [
      ["registered", "list"],
      ["suspended", "resume"]
    ] as const) {
      const decided = decideMove(state, move, { ...clear, isTradable: false, reasons })
      expect(decided.reasons.map(({ label }) => label)).toEqual(reasons)
      expect(codes(state, move, { isTradable: false })).toEqual(["life.index"])
      expect(codes(state, move, { isFrozen: true })).toEqual(["life.frozen"])
      expect(codes(state, move, { hasVersion: false })).toEqual(["life.version"])
    }
  })

  it("is deprecated from a day on that is not past, for another product that is on sale", () => {
    expect(codes("listed", "deprecate", { endsOn: null })).toEqual(["life.ends"])
    expect(codes("listed", "deprecate", { endsOn: "2026-11-21" })).toEqual(["life.ends"])
    expect(codes("listed", "deprecate", { successor: { name: "other", isListed: true } })).toEqual([])
    expect(codes("listed", "deprecate", { successor: { name: "other", isListed: false } })).toEqual(["life.successor"])
    expect(codes("listed", "deprecate", { successor: { name: clear.product, isListed: true } })).toEqual([
      "life.successor"
    ])
  })

  it("is retired when its day has come and nobody is entitled to it any more", () => {
    expect(codes("deprecated", "retire", { endsOn: "2026-11-23" })).toEqual(["life.ends"])
    expect(codes("deprecated", "retire", { entitled: 2 })).toEqual(["life.entitled"])
    expect(codes("draft", "retire", { endsOn: null })).toEqual([])
  })
})
