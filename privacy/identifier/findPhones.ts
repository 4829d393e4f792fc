import type { Finding } from "./Finding.ts"
import { labelBefore } from "./labelBefore.ts"
import type { Label } from "./labelBefore.ts"

const mobile = /(?<![0-9A-Za-z_])(?:(?:\+|00)?86[ -]?)?1[3-9]\d(?:\d{8}|([ -])\d{4}\1\d{4})(?![0-9A-Za-z_])/g
const landline =
  /(?<![0-9A-Za-z_])(?:\(0\d{2,3}\) ?|(?:\+|00)86[ -]?\(?0?(?:10|2\d|[3-9]\d{2})\)?[ -]?|0(?:10|2\d|[3-9]\d{2})([ -]?))[2-9]\d{2,3}[ -]?\d{4}(?:(?:-|转| ?ext\.? ?)\d{1,6})?(?![0-9A-Za-z_])/gi
const local = /(?<![0-9A-Za-z_])[2-8]\d{6,7}(?:-\d{3,4})?(?![0-9A-Za-z_])/g
const service = /(?<![0-9A-Za-z_])[48]00(?:\d{7}|([ -])\d{3}[ -]?\d{4}|([ -])\d{4}[ -]?\d{3})(?![0-9A-Za-z_])/g
const foreign = /\+(?!86)[1-9]\d{0,2}[ .-]?\(?\d{1,4}\)?(?:[ .-]?\d{2,4}){1,4}(?![0-9A-Za-z_])/g
const american =
  /(?<![0-9A-Za-z_])(?:(?:1[ .-])?\([2-9]\d{2}\) ?|(?:1[ .-])?[2-9]\d{2}([.-]))\d{3}[.-]\d{4}(?![0-9A-Za-z_])/g

/** What follows an amount or a count, not a phone. */
const unitAfter =
  /^(?:\.\d|[-_/][0-9A-Za-z]|,\d{3}| ?(?:元|块|万|亿|件|个|台|吨|公斤|千克|米|公里|字节|次|人|条|份|股|套|平方|%|‰|美元|欧元|日元|港币|港元|rmb|cny|usd|eur|hkd|jpy|kb|mb|gb|bytes?|units?|pcs|views|kg|ms|ns|秒|毫秒|微秒)(?![a-z]))/i
const amountBefore = /(?:[¥￥$€£]\s?|[0-9A-Za-z][-_/.]|#)$/

const against = new Set<Label | undefined>([
  "order",
  "amount",
  "card",
  "account",
  "identity",
  "version",
  "passport",
  "permit"
])

/** Phone numbers: Chinese mobiles and landlines, service lines, numbers with a country code, American ones. */
export function* findPhones(text: string): Generator<Finding> {
  for (const { index, 0: found } of text.matchAll(mobile)) {
    if (isNumberAlone(text, index, found)) yield { kind: "mobile", start: index, end: index + found.length }
  }
  for (const { index, 0: found, 1: gap } of text.matchAll(landline)) {
    // Without a sign between, an area code and seven digits are a code like any other.
    if (gap === "" && found.length < 11 && labelBefore(text, index) !== "phone") continue
    if (isNumberAlone(text, index, found)) yield { kind: "landline", start: index, end: index + found.length }
  }
  for (const { index, 0: found } of text.matchAll(service)) {
    if (/^\d+$/.test(found) && labelBefore(text, index) !== "phone") continue
    if (isNumberAlone(text, index, found)) yield { kind: "landline", start: index, end: index + found.length }
  }
  for (const pattern of [foreign, american]) {
    for (const { index, 0: found } of text.matchAll(pattern)) {
      const digits = found.replaceAll(/\D/g, "").length
      if (digits >= 8 && digits <= 15 && isNumberAlone(text, index, found))
        yield { kind: "phone", start: index, end: index + found.length }
    }
  }
  // Last, since the end of a longer number looks the same.
  for (const { index, 0: found } of text.matchAll(local)) {
    if (labelBefore(text, index) === "phone" && isNumberAlone(text, index, found))
      yield { kind: "landline", start: index, end: index + found.length }
  }
}

/** Neither money nor a part of a longer code, and no label says that it is something else. */
function isNumberAlone(text: string, start: number, found: string): boolean {
  if (unitAfter.test(text.slice(start + found.length, start + found.length + 8))) return false
  if (amountBefore.test(text.slice(Math.max(0, start - 2), start))) return false
  return !against.has(labelBefore(text, start))
}
