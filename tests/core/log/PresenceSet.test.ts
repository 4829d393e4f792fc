import { createHmac } from "node:crypto"
import { assert, describe, it } from "@effect/vitest"
import { packPresenceSet } from "#core/log/packPresenceSet.ts"
import { presenceValue, proveMembership, valueAt } from "#core/log/PresenceSet.ts"
import type { PresenceSet } from "#core/log/PresenceSet.ts"
import { sortDigests } from "#core/log/sortDigests.ts"
import { Unsound, verifyMembership } from "#core/log/verifier/assay-verify.mjs"

const salts = Array.from({ length: 40 }, (_, i) => Buffer.alloc(32, i))
const values = (operation: string): ReadonlyArray<string> =>
  salts.map((salt) => presenceValue(salt, operation).toString("hex"))

/** The set of some values, packed and opened again. */
const makePresenceSet = (hex: ReadonlyArray<string>, size: number): PresenceSet => {
  const { root, bytes } = packPresenceSet(Buffer.from(hex.join(""), "hex"), size)
  return { size, root, read: (from, length) => bytes.subarray(from, from + length) }
}

describe("a presence set", () => {
  it("has as value of a subject the HMAC-SHA256 of the operation under the salt", () => {
    for (const length of [0, 1, 32, 63, 64]) {
      const salt = Buffer.alloc(length, 0xa5)
      const expected = createHmac("sha256", salt).update("use_1 é").digest("hex")
      assert.strictEqual(presenceValue(salt, "use_1 é").toString("hex"), expected)
    }
  })

  it("proves to everyone in it that they are, and to everyone else that they are not", () => {
    const present = values("use_1").slice(0, 30)
    for (const size of [32, 64, 256, 512, 4096]) {
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
    assert.strictEqual(few.size, many.size)
    assert.notStrictEqual(few.root, makePresenceSet(values("use_1").slice(0, 1), 64).root)
    assert.notDeepEqual(values("use_1"), values("use_2"))
  })

  it("lets nobody pass off absence of who is present, nor neighbours with a gap between them", () => {
    const set = makePresenceSet(values("use_1"), 64)
    const value = valueAt(set, 20)
    const at = (index: number) => proveMembership(set, valueAt(set, index)).neighbours[0]!
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
    assert.throws(() => makePresenceSet(["aa".repeat(32), "aa".repeat(32)], 32), RangeError)
    assert.throws(() => makePresenceSet([], 40), RangeError)
    assert.throws(() => makePresenceSet(["aa"], 32), RangeError)
  })

  it("sorts hashes as Buffer.compare does, also where many begin alike", () => {
    const hashes = Array.from({ length: 5000 }, (_, i) => presenceValue(salts[0]!, String(i)))
    for (const one of hashes.slice(0, 300)) one.fill(7, 0, 30)
    const packed = Buffer.concat(hashes)
    sortDigests(packed)
    assert.isTrue(packed.equals(Buffer.concat(hashes.sort(Buffer.compare))))
  })
})
