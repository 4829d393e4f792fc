import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { extendTiles } from "#core/log/extendTiles.ts"
import { inclusionProof } from "#core/log/inclusionProof.ts"
import { Log } from "#core/log/Log.ts"
import { leafBytes } from "#core/log/LogEntry.ts"
import { folderFiles, memoryFiles } from "#core/log/LogFiles.ts"
import { appendLeaf, emptyFrontier, leafHash, rootOf } from "#core/log/merkle.ts"
import { logMigrations } from "#core/log/migrations.ts"
import {
  filesIn,
  parseCheckpoint,
  policyOfKey,
  tilePath,
  verifyInclusion,
  verifyLog,
  verifyProof
} from "#core/log/verifier/assay-verify.mjs"
import { rangeHash } from "#core/log/Nodes.ts"
import { tileNodes } from "#core/log/tileNodes.ts"
import { Records } from "#core/records/Records.ts"
import { appendRange, entry, testKey, withLog } from "./logHouse.ts"

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex")
const temporary = (): string => mkdtempSync(join(tmpdir(), "assay-log-"))

/** The root of entries `rel_0` up to `rel_<n - 1>`, computed beside the log. */
const expectedRoot = (n: number): string => {
  let frontier = emptyFrontier
  for (let i = 0; i < n; i++) {
    frontier = appendLeaf(frontier, leafHash(leafBytes({ ...entry, operation: `rel_${i}`, epoch: 0 })))
  }
  return hex(rootOf(frontier))
}

describe("an entry of the log", () => {
  it("is hashed as canonical JSON, whatever its operation is called", () => {
    for (const operation of ["rel_1", 'a "quoted" \\ one', "线\n\u0001", "", "\u{1f600}"]) {
      const one = { type: "use", operation, epoch: 12, commitment: "ab".repeat(32) } as const
      assert.strictEqual(Buffer.from(leafBytes(one)).toString(), canonicalJson({ v: 1, ...one }))
    }
    assert.throws(() => leafBytes({ ...entry, operation: "\ud800", epoch: 0 }), TypeError)
  })
})

describe("Log", () => {
  it.effect("logs what was committed and nothing that was rolled back", () =>
    Effect.gen(function* () {
      const records = yield* Records
      const log = yield* Log
      yield* records.write((db) => log.append(db, entry))
      yield* Effect.exit(
        records.write((db) => {
          log.append(db, { ...entry, operation: "rel_2" })
          throw new Error("stop")
        })
      )
      const head = yield* log.drain
      assert.strictEqual(head.size, 1)
      assert.strictEqual(head.root, hex(leafHash(leafBytes({ ...entry, epoch: 0 }))))
      assert.deepStrictEqual(yield* log.drain, head)
      assert.isTrue((yield* log.verify).sound)
    }).pipe(Effect.provide(Log.memory.pipe(Layer.provideMerge(Records.memory(logMigrations)))))
  )

  it.effect("is sound while it is empty", () =>
    Effect.gen(function* () {
      const verdict = yield* (yield* Log).verify
      assert.deepStrictEqual(verdict, { size: 0, root: hex(rootOf(emptyFrontier)), sound: true })
    }).pipe(Effect.provide(Log.memory.pipe(Layer.provideMerge(Records.memory(logMigrations)))))
  )

  it.effect("gives the same tree however the entries are grouped", () => {
    const files = memoryFiles()
    return withLog(
      files,
      testKey(),
      Effect.gen(function* () {
        const log = yield* Log
        let size = 0
        for (const step of [1, 1, 3, 250, 1, 1, 255, 1, 600, 5000]) {
          yield* appendRange(size, size + step)
          size += step
          const head = yield* log.drain
          assert.strictEqual(head.size, size)
          assert.strictEqual(head.root, expectedRoot(size))
        }
        assert.deepStrictEqual(yield* log.verify, { size, root: expectedRoot(size), sound: true })
        assert.isEmpty(files.list(`${tilePath(0, 3)}.p`))
      })
    )
  })

  it("has the tiles that the specification tells of for 70,000 entries", () => {
    const files = memoryFiles()
    const leaves = Array.from({ length: 70_000 }, (_, i) => Buffer.from(`entry ${i}`))
    for (let from = 0; from < leaves.length; from += 30_000) extendTiles(files, from, leaves.slice(from, from + 30_000))
    const length = (path: string): number | undefined => files.read(path)?.length
    assert.strictEqual(length(tilePath(0, 272)), 8192)
    assert.strictEqual(length(tilePath(0, 273, 112)), 112 * 32)
    assert.strictEqual(length(tilePath(1, 0)), 8192)
    assert.strictEqual(length(tilePath(1, 1, 17)), 17 * 32)
    assert.strictEqual(length(tilePath(2, 0, 1)), 32)
    const nodes = tileNodes(files, leaves.length)
    const root = rangeHash(nodes, 0, leaves.length)
    for (const index of [0, 65_535, 65_536, 69_999]) {
      const path = inclusionProof(nodes, index, leaves.length)
      assert.isTrue(verifyInclusion(leafHash(leaves[index]!), index, leaves.length, path, root))
    }
  })

  it("names tiles as the specification's examples do", () => {
    assert.strictEqual(tilePath(0, 1234067), "tile/0/x001/x234/067")
    assert.strictEqual(tilePath("entries", 0, 112), "tile/entries/000.p/112")
    assert.strictEqual(tilePath(1, 1000), "tile/1/x001/000")
  })

  it.effect("proves any entry, by number and by operation, to the offline verifier", () => {
    const key = testKey()
    return withLog(
      memoryFiles(),
      key,
      Effect.gen(function* () {
        const log = yield* Log
        yield* appendRange(0, 700)
        yield* log.drain
        for (const wanted of [0, 255, 256, 511, 699, "rel_300"]) {
          const { index, proof } = yield* log.prove(wanted)
          assert.strictEqual(index, typeof wanted === "number" ? wanted : 300)
          const checked = verifyProof(proof, policyOfKey(key.verifier))
          assert.strictEqual(JSON.parse(checked.entry.toString()).operation, `rel_${index}`)
          assert.throws(() =>
            verifyProof(proof.replace(`index ${index}`, `index ${index + 1}`), policyOfKey(key.verifier))
          )
          assert.throws(() => verifyProof(proof, policyOfKey(testKey().verifier)))
        }
        for (const wanted of [700, -1, 0.5, "rel_700"]) {
          assert.strictEqual((yield* Effect.flip(log.prove(wanted))).code, "log.entry.unknown")
        }
      })
    )
  })

  it.effect("names the first bad entry when one byte of any file is changed or missing", () =>
    Effect.gen(function* () {
      const folder = temporary()
      const key = testKey()
      const sizes = [3, 255, 300, 520]
      yield* withLog(
        folderFiles(folder),
        key,
        Effect.gen(function* () {
          const log = yield* Log
          for (const [i, size] of sizes.entries()) {
            yield* appendRange(sizes[i - 1] ?? 0, size)
            yield* log.drain
          }
        })
      )
      const verify = () => verifyLog(filesIn(folder), policyOfKey(key.verifier))
      assert.isTrue(verify().sound)
      const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((file) => file.isFile())
        .map((file) => join(file.parentPath, file.name))
      assert.isAbove(paths.length, 8)
      for (const path of paths) {
        const bytes = readFileSync(path)
        const relative = path.slice(folder.length + 1)
        const places = relative === "checkpoint" ? bytes.keys() : [0, 1, 2, bytes.length >> 1, bytes.length - 1]
        for (const at of places) {
          const changed = Buffer.from(bytes)
          changed[at]! ^= 1
          for (const damaged of [changed, Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)])]) {
            writeFileSync(path, damaged)
            const { sound, firstBad, file } = verify()
            assert.isFalse(sound, `${relative} at ${at}`)
            assert.isAtLeast(firstBad!, 0)
            assert.isBelow(firstBad!, 520)
            // An entry's bytes and its hash are two files: either may be the one that is named.
            if (!relative.startsWith("tile/")) assert.strictEqual(file, relative)
          }
        }
        rmSync(path)
        // A partial tile of an earlier checkpoint may be dropped; every other file is missed.
        const earlier = /\.p\/(\d+)$/.exec(relative)
        const optional = earlier !== null && !["8", "2"].includes(earlier[1]!)
        assert.strictEqual(verify().sound, optional, relative)
        writeFileSync(path, bytes)
      }
      assert.isTrue(verify().sound)
    })
  )

  it.effect("names exactly the entry whose bytes or hash were changed, also across tiles", () =>
    Effect.gen(function* () {
      const files = memoryFiles()
      const key = testKey()
      yield* withLog(
        files,
        key,
        Effect.gen(function* () {
          yield* appendRange(0, 1000)
          yield* (yield* Log).drain
          const verify = () => verifyLog(files, policyOfKey(key.verifier))
          const bundle = files.read(tilePath("entries", 2))!
          const at = bundle.indexOf('"rel_700"') + 1
          files.write(
            tilePath("entries", 2),
            Buffer.concat([bundle.subarray(0, at), Buffer.from("X"), bundle.subarray(at + 1)])
          )
          assert.strictEqual(verify().firstBad, 700)
          files.write(tilePath("entries", 2), bundle)
          const tile = files.read(tilePath(0, 1))!
          files.write(
            tilePath(0, 1),
            tile.map((byte, i) => (i === 40 * 32 ? byte ^ 1 : byte))
          )
          assert.strictEqual(verify().firstBad, 296)
          files.write(tilePath(0, 1), tile)
          const above = files.read(tilePath(1, 0, 3))!
          files.write(
            tilePath(1, 0, 3),
            above.map((byte, i) => (i === 64 ? byte ^ 1 : byte))
          )
          assert.strictEqual(verify().firstBad, 512)
        })
      )
    })
  )

  it.effect("builds nothing on a log that was changed or put back, and says which entry is gone", () =>
    Effect.gen(function* () {
      const files = memoryFiles()
      yield* withLog(
        files,
        testKey(),
        Effect.gen(function* () {
          const log = yield* Log
          yield* appendRange(0, 5)
          yield* log.drain
          const older = files.read("checkpoint")!
          yield* appendRange(5, 9)
          yield* log.drain
          const newer = files.read("checkpoint")!
          files.write("checkpoint", older)
          const verdict = yield* log.verify
          assert.deepStrictEqual([verdict.sound, verdict.firstBad], [false, 5])
          yield* appendRange(9, 10)
          assert.strictEqual((yield* Effect.flip(log.drain)).code, "log.unsound")
          files.write("checkpoint", newer)
          assert.strictEqual((yield* log.drain).root, expectedRoot(10))
        })
      )
    })
  )

  it.effect("moves the entries of an older home into tiles, with the same root", () =>
    Effect.gen(function* () {
      const folder = temporary()
      const file = join(folder, "records.sqlite")
      const old = new DatabaseSync(file)
      old.exec(
        "create table migration (id text primary key, applied_at text not null default current_timestamp) strict"
      )
      old.exec(logMigrations[0]!.sql)
      old.exec("insert into migration (id) values ('log-0001')")
      let frontier = emptyFrontier
      const leaf = (i: number): Buffer =>
        Buffer.from(canonicalJson({ v: 1, ...entry, operation: `rel_${i}`, epoch: 0 }))
      old.exec("begin")
      for (let i = 0; i < 4500; i++) {
        old.prepare("insert into log_entry values (?, ?, ?)").run(i, leaf(i), leafHash(leaf(i)))
        frontier = appendLeaf(frontier, leafHash(leaf(i)))
      }
      old.prepare("update log_frontier set size = ?, roots = ?").run(4500, Buffer.concat(frontier.roots))
      old.prepare("insert into outbox (leaf) values (?)").run(leaf(4500))
      old.exec("commit")
      old.close()
      const files = folderFiles(join(folder, "log"))
      const head = yield* withLog(
        files,
        testKey(),
        Effect.flatMap(Log, (log) => log.drain),
        file
      )
      assert.deepStrictEqual(head, { size: 4501, root: expectedRoot(4501) })
      assert.strictEqual(hex(rootOf(frontier)), expectedRoot(4500))
      assert.strictEqual(parseCheckpoint(files.read("checkpoint")!.toString()).size, 4501)
    })
  )

  it.effect("does not move a former table whose entries were changed", () =>
    Effect.gen(function* () {
      const file = join(temporary(), "records.sqlite")
      const old = new DatabaseSync(file)
      old.exec(
        "create table migration (id text primary key, applied_at text not null default current_timestamp) strict"
      )
      old.exec(logMigrations[0]!.sql)
      old.exec("insert into migration (id) values ('log-0001')")
      const leaf = leafBytes({ ...entry, epoch: 0 })
      old.prepare("insert into log_entry values (0, ?, ?)").run(Buffer.from("other"), leafHash(leaf))
      old.prepare("update log_frontier set size = 1, roots = ?").run(leafHash(leaf))
      old.close()
      const files = memoryFiles()
      const error = yield* Effect.flip(
        withLog(
          files,
          testKey(),
          Effect.flatMap(Log, (log) => log.drain),
          file
        )
      )
      assert.strictEqual(error.code, "log.unsound")
      assert.isUndefined(files.read("checkpoint"))
    })
  )
})
