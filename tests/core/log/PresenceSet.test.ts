import { assert, describe, it } from "@effect/vitest"
import { makePresenceSet, presenceValue, proveMembership } from "#core/log/PresenceSet.ts"
import { Unsound, verifyMembership } from "#core/log/verifier/assay-verify.mjs"

const salts = Array.from({ length: 40 }, (_, i) => Buffer.alloc(32, i))
const values = (operation: string): ReadonlyArray<string> => salts.map((salt) => presenceValue(salt, operation))

describe("a presence set", () => {
  it("proves to everyone in it that they are, and to everyone else that they are not", () => {
    const present = values("use_1").slice(0, 30)
    for (const size of [32, 64, 256]) {
      const set = makePresenceSet(present, size)
      for (const value of values("use_1")) {
        const expected = present.includes(value) ? "present" : "absent"
        assert.strictEqual(verifyMembership(proveMembership(set, value)), expected)
      }
      assert.strictEqual(verifyMembership(proveMembership(set, "0".repeat(64))), "absent")
      assert.strictEqual(verifyMembership(proveMembership(set, "f".repeat(64))), "absent")
    }
  })

  it("holds up with one place only", () => {
    const set = makePresenceSet(["ab".repeat(32)], 1)
    assert.strictEqual(verifyMembership(proveMembership(set, "ab".repeat(32))), "present")
    assert.strictEqual(verifyMembership(proveMembership(set, "aa".repeat(32))), "absent")
    assert.strictEqual(verifyMembership(proveMembership(set, "ac".repeat(32))), "absent")
  })

  it("has its public size whatever it holds, and is different each time", () => {
    const [few, many] = [makePresenceSet(values("use_1").slice(0, 1), 64), makePresenceSet(values("use_1"), 64)]
    assert.strictEqual(few.values.length, many.values.length)
    assert.notStrictEqual(few.root, makePresenceSet(values("use_1").slice(0, 1), 64).root)
    assert.notDeepEqual(values("use_1"), values("use_2"))
  })

  it("lets nobody pass off absence of who is present, nor neighbours with a gap between them", () => {
    const set = makePresenceSet(values("use_1"), 64)
    const value = set.values[20]!
    const at = (index: number) => proveMembership(set, set.values[index]!).neighbours[0]!
    const claim =
      (...neighbours: ReadonlyArray<ReturnType<typeof at>>) =>
      () =>
        verifyMembership({ value, size: set.size, root: set.root, neighbours })
    assert.throws(claim(at(19), at(21)), Unsound)
    assert.throws(claim(at(19)), Unsound)
    assert.throws(claim({ ...at(19), value }), Unsound)
    assert.throws(claim({ ...at(19), index: 0 }), Unsound)
    assert.throws(claim(), Unsound)
    assert.throws(() => verifyMembership({ ...proveMembership(set, value), size: 32 }), Unsound)
    assert.strictEqual(claim(at(20))(), "present")
  })

  it("refuses values that do not fit or repeat, and sizes that tell a count", () => {
    assert.throws(() => makePresenceSet(values("use_1"), 32), RangeError)
    assert.throws(() => makePresenceSet(["aa", "aa"], 32), RangeError)
    assert.throws(() => makePresenceSet([], 40), RangeError)
  })
})
