import { assert, describe, it } from "@effect/vitest"
import type { Dialect } from "#pipelines/sources/files/Dialect.ts"
import type { RecordSink } from "#pipelines/sources/files/RecordSink.ts"
import { scanDelimited } from "#pipelines/sources/files/scanDelimited.ts"
import { seededBits } from "#core/random/BitSource.ts"
import { uniformInt } from "#core/random/uniformInt.ts"

const comma: Dialect = { delimiter: 44, quote: 34, escape: 34, newline: 10 }

interface Kept {
  readonly good: Array<string>
  readonly bad: Array<readonly [line: number, reason: string]>
}

/** Scans a text that arrives in pieces of `size` bytes. */
async function scan(text: string | Buffer, fields: number, size = 7, limit = 1000, dialect = comma) {
  const bytes = Buffer.from(text as string)
  const kept: Kept = { good: [], bad: [] }
  const sink: RecordSink = {
    good: (record) => void kept.good.push(Buffer.from(record).toString("latin1")),
    bad: (line, reason) => void kept.bad.push([line, reason]),
    close: () => undefined
  }
  const pieces = async function* () {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
  }
  const facts = await scanDelimited(pieces(), { dialect, fields, header: true, limit, decoded: false, sink })
  return { ...kept, facts }
}

describe("scanDelimited", () => {
  it("takes quoted delimiters, doubled quotes and line ends as part of a field", async () => {
    const { good, bad } = await scan('a,b\n"1,1","x ""q""\ny"\r\n2,\n', 2)
    assert.deepStrictEqual(good, ['"1,1","x ""q""\ny"', "2,"])
    assert.deepStrictEqual(bad, [])
  })

  it("counts the physical line at which a bad row starts", async () => {
    const { good, bad } = await scan('a,b\n"x\ny",2\n1\n1,2,3\n3,4\n', 2)
    assert.deepStrictEqual(bad, [
      [4, "columns"],
      [5, "columns"]
    ])
    assert.deepStrictEqual(good, ['"x\ny",2', "3,4"])
  })

  it("loses one line, not the rest of the file, to a quote that is never closed", async () => {
    const rest = Array.from({ length: 400 }, (_, i) => `${i},row`)
    const { good, bad } = await scan(`a,b\n1,"oops\n${rest.join("\n")}\n`, 2)
    assert.deepStrictEqual(bad, [[2, "unclosed_quote"]])
    assert.deepStrictEqual(good, rest)
  })

  it("refuses text after a closing quote, and goes on with the next line", async () => {
    const { good, bad } = await scan('a,b\n"x"y,2\n3,4', 2)
    assert.deepStrictEqual(bad, [[2, "quote"]])
    assert.deepStrictEqual(good, ["3,4"])
  })

  it("writes blanks around quotes and quotes within plain text so that every reader agrees", async () => {
    const { good, facts } = await scan('a,b\n "1,1" , 2\nx"y,z\n', 2)
    assert.deepStrictEqual(good, ['"1,1"," 2"', '"x""y","z"'])
    assert.strictEqual(facts.oddRows, 2)
  })

  it("skips a line over the limit in constant memory and names it", async () => {
    const { good, bad } = await scan(`a,b\n1,2\n3,${"x".repeat(5000)}\n5,6\n`, 2, 64)
    assert.deepStrictEqual(bad, [[3, "too_long"]])
    assert.deepStrictEqual(good, ["1,2", "5,6"])
  })

  it("takes a line over the limit that ends the file", async () => {
    const { good, bad } = await scan(`a,b\n1,2\n3,${"x".repeat(5000)}`, 2, 64)
    assert.deepStrictEqual(bad, [[3, "too_long"]])
    assert.deepStrictEqual(good, ["1,2"])
  })

  it("refuses bytes that are not UTF-8 and NUL bytes, wherever the pieces are cut", async () => {
    const text = Buffer.concat([Buffer.from("a,b\n1,é\n2,"), Buffer.from([0xff, 0xc3]), Buffer.from("\n3,\0\n4,中\n")])
    for (let size = 1; size < 12; size++) {
      const { good, bad } = await scan(text, 2, size)
      assert.deepStrictEqual(bad, [
        [3, "encoding"],
        [4, "nul"]
      ])
      assert.deepStrictEqual(good, [Buffer.from("1,é").toString("latin1"), Buffer.from("4,中").toString("latin1")])
    }
  })

  it("ignores blank lines and reads CR alone as a line end where there is no other", async () => {
    const blank = await scan("a,b\n\n1,2\r\n\r\n3,4", 2)
    assert.deepStrictEqual(blank.good, ["1,2", "3,4"])
    assert.strictEqual(blank.facts.blankLines, 2)
    const old = await scan("a,b\r1,2\r3,4\r", 2, 5, 1000, { ...comma, newline: 13 })
    assert.deepStrictEqual(old.good, ["1,2", "3,4"])
  })

  it("finds the same records however the bytes arrive, on 3,000 random texts", async () => {
    const bits = seededBits("scan")
    const alphabet = ["a", "b", ",", ",", '"', '"', "\n", "\n", "\r\n", "\r", " ", "é"]
    for (let round = 0; round < 3000; round++) {
      const length = uniformInt(bits, 40)
      let text = "a,b\n"
      for (let i = 0; i < length; i++) text += alphabet[uniformInt(bits, alphabet.length)]!
      const whole = await scan(text, 2, 1000)
      const cut = await scan(text, 2, 1 + uniformInt(bits, 9))
      assert.deepStrictEqual(cut, whole, JSON.stringify(text))
      assert.strictEqual(whole.good.length, whole.facts.rows)
      assert.strictEqual(whole.bad.length, whole.facts.badRows)
    }
  })
})
