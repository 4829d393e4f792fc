import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { gzipSync } from "node:zlib"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { house } from "../house.ts"
import { connected, nothingLanded } from "../loading.ts"

/** A tar with one file whose name leads out of the folder that it would be unpacked in. */
function tarWith(name: string, text: string): Buffer {
  const header = Buffer.alloc(512)
  header.write(name)
  header.write("0000644\0", 100)
  header.write(text.length.toString(8).padStart(11, "0"), 124)
  header.write("ustar\0", 257)
  return Buffer.concat([header, Buffer.from(text.padEnd(512, "\0")), Buffer.alloc(1024)])
}

describe("a source file that names an address", () => {
  it.live("is refused whatever the scheme, and nobody is called", () => {
    let called = 0
    const server = createServer((_, response) => {
      called++
      response.end("id,name\n1,x\n")
    })
    return Effect.gen(function* () {
      yield* Effect.promise(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve())))
      const { port } = server.address() as AddressInfo
      for (const path of [
        `http://127.0.0.1:${port}/rows.csv`,
        `http://[::1]:${port}/rows.csv`,
        `http://0x7f000001:${port}/rows.csv`,
        `http://user@127.0.0.1:${port}/rows.csv`,
        "https://169.254.169.254/latest/meta-data",
        "s3://bucket/rows.csv",
        "hf://datasets/x/rows.csv",
        "file:///etc/passwd",
        "/etc/passwd",
        "//host/share/rows.csv",
        "rows.csv\u0000.txt",
        "a/../../secret.csv",
        "~/secret.csv"
      ]) {
        const { load } = yield* connected(
          { "rows.csv": "id,name\n1,x\n" },
          `stream: rows\npath: ${JSON.stringify(path)}`
        )
        const error = yield* Effect.flip(load)
        assert.strictEqual(error._tag, "BadInput", path)
        assert.isTrue(yield* nothingLanded, path)
      }
      assert.strictEqual(called, 0)
    }).pipe(Effect.ensuring(Effect.sync(() => server.close())), Effect.provide(house))
  })

  it.live("finds an archive beside it to be no table: nothing is ever unpacked", () =>
    Effect.gen(function* () {
      const tar = tarWith("../../escaped.csv", "id,name\n1,x\n")
      const zip = Buffer.concat([
        Buffer.from("PK\u0003\u0004"),
        Buffer.alloc(26),
        Buffer.from("../../escaped.csv"),
        Buffer.from("x")
      ])
      for (const [name, bytes] of [
        ["rows.zip", zip],
        ["rows.tar.gz", gzipSync(tar)],
        ["rows.tgz", gzipSync(tar)],
        ["rows.csv", zip],
        ["rows.csv.gz", gzipSync(tar)],
        ["rows.parquet", zip]
      ] as const) {
        const { load } = yield* connected({ [name]: bytes }, `stream: rows\npath: ${name}\nkey: [id]`)
        const error = yield* Effect.flip(load)
        assert.strictEqual(error._tag, "BadInput", name)
        assert.isTrue(yield* nothingLanded, name)
      }
    }).pipe(Effect.provide(house))
  )
})
