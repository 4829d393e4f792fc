import { assert, describe, it } from "@effect/vitest"
import { findIdentifiers } from "#privacy/identifier/findIdentifiers.ts"
import { isLuhn } from "#privacy/identifier/isLuhn.ts"
import { isResidentId } from "#privacy/identifier/isResidentId.ts"
import { masks } from "#privacy/identifier/masks.ts"
import { maskText } from "#privacy/identifier/maskText.ts"
import { corpus } from "./corpus.ts"
import { dice, values } from "./corpusValues.ts"

const key = new Uint8Array(32).fill(7)
const text = "姓名：王小明，手机 138-1234-5678，身份证11010519491231002X；邮箱a.b@c.cn"

describe("maskText", () => {
  it("redacts, names the kind, or keeps the shape behind stars", () => {
    assert.strictEqual(maskText(text, masks.redact), "姓名：，手机 ，身份证；邮箱")
    assert.strictEqual(maskText(text, masks.replace), "姓名：<name>，手机 <mobile>，身份证<resident_id>；邮箱<email>")
    assert.strictEqual(
      maskText(text, masks.mask),
      "姓名：王**，手机 138-****-5678，身份证110*************2X；邮箱*.*@*.**"
    )
  })

  it("leaves nothing of an identifier in sight but what the kind lets show", () => {
    for (const { text: whole, truth } of corpus(12, 500, "fresh")) {
      const hidden = maskText(whole, masks.hash(key))
      for (const { start, end } of truth) {
        const value = whole.slice(start, end)
        if (findIdentifiers(whole).some((one) => one.start === start && one.end === end))
          assert.notInclude(hidden, value)
      }
    }
  })

  it("gives equal identifiers equal hashes, however they are written, and other keys others", () => {
    const hash = masks.hash(key)
    assert.strictEqual(hash("138-1234-5678", "mobile"), hash("138 1234 5678", "mobile"))
    assert.notStrictEqual(hash("13812345678", "mobile"), hash("13812345679", "mobile"))
    assert.notStrictEqual(hash("13812345678", "mobile"), masks.hash(new Uint8Array(32))("13812345678", "mobile"))
  })

  it("decrypts what it encrypted, with the key and unchanged text only", () => {
    const sealed = maskText(text, masks.encrypt(key))
    assert.notInclude(sealed, "王小明")
    assert.notStrictEqual(sealed, maskText(text, masks.encrypt(key)))
    assert.strictEqual(masks.decrypt(key, sealed), text)
    assert.throws(() => masks.decrypt(new Uint8Array(32), sealed))
  })

  it("makes surrogates of the same kind and shape, with right check digits", () => {
    const die = dice(3)
    const make = masks.surrogate(key)
    for (let i = 0; i < 200; i++) {
      const id = values.resident_id(die)
      const other = make(id, "resident_id")
      assert.isTrue(isResidentId(other.replaceAll(" ", "").toUpperCase()), "a resident id")
      assert.strictEqual(other.length, id.length)
      assert.notStrictEqual(other, id)
      const card = values.bank_card(die)
      assert.isTrue(isLuhn(make(card, "bank_card").replaceAll(" ", "")))
      assert.match(make("13812345678", "mobile"), /^138\d{8}$/)
      assert.strictEqual(make(card, "bank_card"), make(card, "bank_card"))
    }
  })
})
