import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from "node:crypto"
import { readFileSync } from "node:fs"
import { assert, describe, it } from "@effect/vitest"
import { extendTiles } from "#core/log/extendTiles.ts"
import { memoryFiles } from "#core/log/LogFiles.ts"
import { signatureLine, verifierKey } from "#core/log/LogKey.ts"
import { leafHash } from "#core/log/merkle.ts"
import {
  parseCheckpoint,
  parseKey,
  parseNote,
  parsePolicy,
  signersOf,
  tilePath,
  Unsound,
  verifyCheckpoint,
  verifyConsistency,
  verifyInclusion
} from "#core/log/verifier/assay-verify.mjs"

const fixture = (name: string) => JSON.parse(readFileSync(new URL(name, import.meta.url), "utf8"))
const argon = fixture("argon2020.json") as {
  size: number
  root: string
  inclusion: { index: number; entry: string; proof: ReadonlyArray<string> }
  consistency: { older: number; olderRoot: string; proof: ReadonlyArray<string> }
}
const notes = fixture("notes.json")
const ed25519 = fixture("wycheproof-ed25519.json") as {
  numberOfTests: number
  groups: ReadonlyArray<{
    publicKey: string
    tests: ReadonlyArray<readonly [id: number, comment: string, message: string, signature: string, result: string]>
  }>
}
const bytes = (base64: string): Buffer => Buffer.from(base64, "base64")

describe("proofs of a certificate log of 962 million entries", () => {
  const { size, inclusion, consistency } = argon
  const root = bytes(argon.root)
  const leaf = leafHash(bytes(inclusion.entry))
  const path = inclusion.proof.map(bytes)
  const growth = consistency.proof.map(bytes)

  it("accepts its entry and its growth, from sizes beyond 2^29", () => {
    assert.isTrue(verifyInclusion(leaf, inclusion.index, size, path, root))
    assert.isTrue(verifyConsistency(consistency.older, bytes(consistency.olderRoot), size, root, growth))
  })

  it("refuses another index, another size, a shorter path and a swapped root", () => {
    assert.isFalse(verifyInclusion(leaf, inclusion.index + 1, size, path, root))
    assert.isFalse(verifyInclusion(leaf, inclusion.index, size, path.slice(1), root))
    assert.isFalse(verifyInclusion(leaf, inclusion.index, 2 ** 29, path, root))
    assert.isFalse(verifyConsistency(consistency.older + 1, bytes(consistency.olderRoot), size, root, growth))
    assert.isFalse(verifyConsistency(consistency.older, root, size, bytes(consistency.olderRoot), growth))
  })
})

describe("Wycheproof's Ed25519 vectors", () => {
  it(`decides all ${ed25519.numberOfTests} as published, under keys read from a note's verifier key`, () => {
    let run = 0
    for (const { publicKey, tests } of ed25519.groups) {
      const jwk = { kty: "OKP", crv: "Ed25519", x: Buffer.from(publicKey, "hex").toString("base64url") }
      const pem = createPublicKey({ key: jwk, format: "jwk" }).export({ type: "spki", format: "pem" }).toString()
      const key = parseKey(verifierKey("wycheproof.example", 1, pem))
      assert.strictEqual(key.raw, publicKey)
      for (const [id, comment, message, signature, result] of tests) {
        const holds = verify(null, Buffer.from(message, "hex"), key.publicKey, Buffer.from(signature, "hex"))
        assert.strictEqual(holds, result === "valid", `${id} ${comment}`)
        run++
      }
    }
    assert.strictEqual(run, ed25519.numberOfTests)
    assert.strictEqual(run, 151)
  })
})

describe("the published signed notes", () => {
  const { text, peterLine, enochLine } = notes as Record<string, string>
  const peter = parseKey(notes.peterKey)
  const enoch = parseKey(notes.enochKey)
  const names = (note: string, ...keys: Parameters<typeof signersOf>[1]) =>
    [...signersOf(note, keys)].map(({ name }) => name)

  it("are signed by whom their keys say, and by nobody else", () => {
    assert.deepStrictEqual(names(`${text}\n${peterLine}${enochLine}`, peter), ["PeterNeumann"])
    assert.deepStrictEqual(names(`${text}\n${peterLine}${enochLine}`, peter, enoch), ["PeterNeumann", "EnochRoot"])
    assert.deepStrictEqual(names(`${text}\n${peterLine}${enochLine}`), [])
    assert.deepStrictEqual(names(`${text}\n${peterLine}${peterLine}${enochLine}${enochLine}`, peter), ["PeterNeumann"])
    assert.deepStrictEqual(names(`${text}\n${peterLine!.replace("PeterNeumann", "CarmenSandiego")}`, peter), [])
  })

  it("come out byte for byte when signed with the published key", () => {
    const seed = bytes(notes.peterSigningKey.split("c74f20a3+")[1]).subarray(1)
    const der = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed])
    const key = createPrivateKey({ key: der, format: "der", type: "pkcs8" })
    const pem = createPublicKey(key).export({ type: "spki", format: "pem" }).toString()
    assert.strictEqual(verifierKey("PeterNeumann", 1, pem), notes.peterKey)
    assert.strictEqual(signatureLine("PeterNeumann", 1, pem, sign(null, Buffer.from(text!), key)), peterLine)
  })

  it("are refused in every way that the published tests refuse them", () => {
    const bad = [
      text!,
      `${text}\n`,
      `${text}\n${peterLine!.slice(0, -1)}`,
      `\u0001${text}\n${peterLine}`,
      Buffer.concat([Uint8Array.of(255), Buffer.from(`${text}\n${peterLine}`)]).toString("utf8"),
      `${text}\n${notes.badNameLine}`,
      `${text}\n${peterLine}Unexpected line.\n`,
      `${text}\n${peterLine!.repeat(101)}`,
      `${text}\n${peterLine!.slice(0, 60)}ABCD${peterLine!.slice(60)}`
    ]
    for (const note of bad) assert.throws(() => signersOf(note, [peter]))
  })

  it("know no key that was cut, changed in one place, or is of another kind", () => {
    const key: string = notes.peterKey
    for (const wrong of notes.refusedKeys) assert.throws(() => parseKey(wrong))
    for (let i = 0; i <= key.length; i++) {
      for (let j = i + 1; j <= key.length; j++)
        if (i !== 0 || j !== key.length) assert.throws(() => parseKey(key.slice(i, j)))
    }
    for (let i = 0; i < key.length; i++) {
      const up = String.fromCharCode(key.charCodeAt(i) + 1)
      assert.throws(() => parseKey(key.slice(0, i) + up + key.slice(i + 1)), undefined, undefined, `place ${i}`)
    }
  })
})

describe("the examples of C2SP", () => {
  it("reads a checkpoint's origin, size and root, and a note whose text has an empty line", () => {
    const { note, origin, size, root } = notes.c2spCheckpoint
    const found = parseCheckpoint(note)
    assert.deepStrictEqual([found.origin, found.size, found.root.toString("base64")], [origin, size, root])
    const { text, signatures } = parseNote(notes.c2spNote)
    assert.isTrue(text.endsWith("sole:\n\ned \u00e8 subito sera.\n"))
    assert.deepStrictEqual(
      signatures.map(({ name, id }) => [name, id]),
      [["quasimodo.example/salvatore", "367ba04b"]]
    )
  })

  it("reads the published cosigned checkpoint: who signed it, and when its witness did", () => {
    const { signatures } = parseNote(notes.c2spCosigned)
    assert.deepStrictEqual(
      signatures.map(({ name, bytes }) => [name, bytes.length]),
      [
        ["example.com/behind-the-sofa", 64],
        ["witness.example.com/w1", 72]
      ]
    )
    assert.strictEqual(Number(signatures[1]!.bytes.readBigUInt64BE()), notes.c2spCosignedAt)
  })

  it("takes the published policy's two levels of groups as its text explains them, with fresh keys in its gaps", () => {
    const signer = (type: 1 | 4, name: string) => {
      const { privateKey, publicKey } = generateKeyPairSync("ed25519")
      const pem = publicKey.export({ type: "spki", format: "pem" }).toString()
      return { name, type, pem, privateKey, vkey: verifierKey(name, type, pem) }
    }
    const log = signer(1, "example.com/log")
    const witnesses = ["X1", "X2", "X3", "Y1", "Y2", "Y3"].map((name) => signer(4, `${name}.example`))
    const vkeys = [log, ...witnesses].map(({ vkey }) => vkey)
    const filled = (notes.c2spPolicy as string).replaceAll("<vkey>", () => vkeys.shift()!)
    const policy = parsePolicy(filled)
    const text = `${log.name}\n1\n${Buffer.alloc(32).toString("base64")}\n`
    const own = signatureLine(log.name, 1, log.pem, sign(null, Buffer.from(text), log.privateKey))
    const cosigned = (who: number): string => {
      const { name, pem, privateKey } = witnesses[who]!
      const time = Buffer.alloc(8)
      time.writeBigUInt64BE(5n)
      const signature = sign(null, Buffer.from(`cosignature/v1\ntime 5\n${text}`), privateKey)
      return signatureLine(name, 4, pem, Buffer.concat([time, signature]))
    }
    for (let set = 0; set < 64; set++) {
      const who = [0, 1, 2, 3, 4, 5].filter((i) => set & (1 << i))
      const enough = who.filter((i) => i < 3).length >= 2 && who.some((i) => i >= 3)
      const note = `${text}\n${own}${who.map(cosigned).join("")}`
      if (enough) assert.strictEqual(verifyCheckpoint(note, policy).size, 1)
      else assert.throws(() => verifyCheckpoint(note, policy), "Too few witnesses")
    }
    const line = (start: string): string => filled.split("\n").find((one) => one.startsWith(start))!
    for (const [from, to] of [
      [line("log"), `${line("log")}\n${line("log")}`],
      ["any Y1", "Any Y1"],
      ["2 X1", "0x2 X1"],
      ["2 X1", "2.0 X1"],
      ["2 X1", "4 X1"],
      ["all X-witnesses", "all none"],
      ["all X-witnesses", "all X1 X-witnesses"],
      ["quorum X-and-Y", "quorum X-and-Z"],
      ["quorum X-and-Y", "quorum X-and-Y\nquorum none"],
      [line("witness X2"), line("witness X2").replace(/ X2 \S+/, () => ` X2 ${line("witness X1").split(" ")[2]}`)],
      ["group Y-", "\u0001group Y-"]
    ] as const) {
      assert.include(filled, from)
      assert.throws(() => parsePolicy(filled.replace(from, () => to)), Unsound, undefined, to)
    }
  })

  it("hashes `hello world` to the published root, and refuses sizes and roots that are not written as numbers and hashes", () => {
    const { entry, size, root } = notes.helloWorld
    assert.strictEqual(Buffer.from(leafHash(Buffer.from(entry))).toString("base64"), root)
    const signed = (text: string): string => `${text}\n\u2014 a ${Buffer.alloc(68).toString("base64")}\n`
    assert.strictEqual(parseCheckpoint(signed(`go.sum database tree\n${size}\n${root}\n`)).size, size)
    for (const text of [
      `go.sum database tree\n0xabcdef\n${root}\n`,
      `go.sum database tree\n0${size}\n${root}\n`,
      `go.sum database tree\n${size}\nTszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBTOOBIG=\n`
    ])
      assert.throws(() => parseCheckpoint(signed(text)))
  })

  it("names tiles and bundles as published, and lays out a tree of 70,000 entries in the published tiles", () => {
    for (const [level, index, width, path] of notes.tilePaths) assert.strictEqual(tilePath(level, index, width), path)
    const files = memoryFiles()
    const leaf = Buffer.from("entry")
    for (let size = 0; size < 70_000; size += 4096)
      extendTiles(
        files,
        size,
        Array.from({ length: Math.min(4096, 70_000 - size) }, () => leaf)
      )
    for (const path of notes.tree70000) assert.isDefined(files.read(path), path)
    for (const path of ["tile/0/274", "tile/1/001", "tile/2/000"]) assert.isUndefined(files.read(path), path)
    assert.strictEqual(files.read("tile/0/272")!.length, 8192)
  })
})
