import { appendFileSync, mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { Anchor } from "#core/log/Anchor.ts"
import { anchorHead } from "#core/log/anchorHead.ts"
import { compareWithAnchor } from "#core/log/compareWithAnchor.ts"
import { memoryFiles } from "#core/log/LogFiles.ts"
import { appendRange, testKey, withLog } from "./logHouse.ts"

const temporary = (): string => join(mkdtempSync(join(tmpdir(), "assay-anchor-")), "heads")

describe("an anchor", () => {
  it.effect("shows a log that its own key wrote anew after a head was put there", () => {
    const key = testKey()
    const anchor = Anchor.file(temporary())
    return Effect.gen(function* () {
      yield* withLog(
        memoryFiles(),
        key,
        Effect.gen(function* () {
          for (const [from, to] of [
            [0, 7],
            [7, 300]
          ] as const) {
            yield* appendRange(from, to)
            assert.isTrue((yield* anchorHead()).anchored)
          }
          yield* appendRange(300, 320)
          assert.isTrue((yield* compareWithAnchor()).sound)
        }).pipe(Effect.provide(anchor))
      )
      yield* withLog(
        memoryFiles(),
        key,
        Effect.gen(function* () {
          yield* appendRange(1, 320)
          yield* anchorHead()
          const verdict = yield* compareWithAnchor()
          assert.isFalse(verdict.sound)
          assert.strictEqual(verdict.firstBad, 0)
        }).pipe(Effect.provide(anchor))
      )
    })
  })

  it.effect("that is away does not stop the log", () =>
    withLog(
      memoryFiles(),
      testKey(),
      Effect.gen(function* () {
        yield* appendRange(0, 3)
        const { anchored, size } = yield* anchorHead()
        assert.deepStrictEqual([anchored, size], [false, 3])
      }).pipe(Effect.provide(Anchor.file(join(temporary(), "no", "such", "folder"))))
    )
  )

  it.effect("forgets a line that was cut off, and says so of one that is no head", () => {
    const path = temporary()
    return Effect.gen(function* () {
      const anchor = yield* Anchor
      const head = { origin: "o", size: 1, root: "00".repeat(32) }
      assert.deepStrictEqual(yield* anchor.heads("o"), [])
      yield* anchor.put(head)
      yield* anchor.put({ ...head, origin: "other" })
      appendFileSync(path, '{"origin":"o","si')
      assert.deepStrictEqual(yield* anchor.heads("o"), [head])
      yield* anchor.put({ ...head, size: 2 })
      assert.deepStrictEqual(yield* anchor.heads("o"), [head, { ...head, size: 2 }])
      appendFileSync(path, "no head\n")
      assert.strictEqual((yield* Effect.flip(anchor.heads("o"))).code, "anchor.file")
    }).pipe(Effect.provide(Anchor.file(path)))
  })
})
