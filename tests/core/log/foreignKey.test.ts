import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { Log } from "#core/log/Log.ts"
import { memoryFiles } from "#core/log/LogFiles.ts"
import { Refused } from "#core/Refused.ts"
import { policyOfKey, verifyLog } from "#core/log/verifier/assay-verify.mjs"
import { appendRange, testKey, withLog } from "./logHouse.ts"

describe("a log whose key was exchanged", () => {
  it.effect("is continued by nobody: the new key signs nothing onto what the old one signed", () =>
    Effect.gen(function* () {
      const files = memoryFiles()
      const [own, other] = [testKey(), testKey()]
      yield* withLog(
        files,
        own,
        Effect.gen(function* () {
          yield* appendRange(0, 5)
          yield* (yield* Log).drain
        })
      )
      const before = files.read("checkpoint")!.toString()
      yield* withLog(
        files,
        other,
        Effect.gen(function* () {
          yield* appendRange(5, 9)
          const error = yield* Effect.flip((yield* Log).drain)
          assert.instanceOf(error, Refused)
          assert.strictEqual(error.code, "log.unsound")
          const verdict = yield* (yield* Log).verify
          assert.isFalse(verdict.sound)
        })
      )
      assert.strictEqual(files.read("checkpoint")!.toString(), before)
      assert.isTrue(verifyLog(files, policyOfKey(own.verifier)).sound)
      assert.strictEqual(verifyLog(files, policyOfKey(other.verifier)).reason, "signature")
    })
  )
})
