import type { Finding } from "./Finding.ts"
import { isHongKongId } from "./isHongKongId.ts"
import { labelBefore } from "./labelBefore.ts"
import type { Label } from "./labelBefore.ts"
import { isResidentId } from "./isResidentId.ts"
import { isTaiwanId } from "./isTaiwanId.ts"

const resident = /(?<![0-9A-Za-z])(?:\d{17}[\dXx]|\d{6}([ -])\d{8}\1\d{3}[\dXx])(?![0-9A-Za-z])/g
const oldResident = /(?<![0-9A-Za-z])[1-9]\d{5}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?![0-9A-Za-z])/g
const hongKong = /(?<![0-9A-Za-z])([A-Z]{1,2}\d{6})(?:\(([\dA])\)|([\dA]))(?![0-9A-Za-z])/g
const taiwan = /(?<![0-9A-Za-z])[A-Z][1289]\d{8}(?![0-9A-Za-z])/g
const document = /(?<![0-9A-Za-z])(?:[A-Z]{1,2}\d{6,10}|\d{8,9})(?![0-9A-Za-z])/g

/** Chinese passports of all kinds; E with a second letter since 2017. */
const chinesePassport = /^(?:E[A-HJ-NP-Z]\d{7}|[DEGPSH]\d{8}|[SP]\d{7}|1[45]\d{7})$/
const foreignPassport = /^(?:[A-Z]{1,2}\d{6,8}|\d{9})$/
/** To Hong Kong and Macau (C, W), from there (H, M), from Taiwan (8 digits). */
const permit = /^(?:[HM]\d{8}(?:\d{2})?|C[A-HJ-NP-Z]\d{7}|[CWLT]\d{8}|\d{8})$/

/** Numbers of documents that name one person: resident ids by their check digits, the others also by what stands before. */
export function* findPersonNumbers(text: string): Generator<Finding> {
  for (const { index, 0: found } of text.matchAll(resident)) {
    if (isResidentId(found.replaceAll(/[ -]/g, "")))
      yield { kind: "resident_id", start: index, end: index + found.length }
  }
  for (const { index, 0: found } of text.matchAll(oldResident)) {
    if (labelBefore(text, index) === "identity") yield { kind: "resident_id", start: index, end: index + found.length }
  }
  for (const { index, 0: found, 1: body, 2: bracketed, 3: bare } of text.matchAll(hongKong)) {
    if (!isHongKongId(body! + (bracketed ?? bare!))) continue
    const label = labelBefore(text, index)
    if (bracketed === undefined ? label === "identity" : label !== "order" && label !== "version")
      yield { kind: "hk_id", start: index, end: index + found.length }
  }
  for (const { index, 0: found } of text.matchAll(taiwan)) {
    if (labelBefore(text, index) === "identity" && isTaiwanId(found))
      yield { kind: "tw_id", start: index, end: index + found.length }
  }
  for (const { index, 0: found } of text.matchAll(document)) {
    const kind = documentKind(found, labelBefore(text, index))
    if (kind !== undefined) yield { kind, start: index, end: index + found.length }
  }
}

function documentKind(found: string, label: Label | undefined): "passport" | "travel_permit" | undefined {
  if (label === "passport") return chinesePassport.test(found) || foreignPassport.test(found) ? "passport" : undefined
  if (label === "permit") return permit.test(found) ? "travel_permit" : undefined
  if (label !== "identity" || /^\d/.test(found)) return undefined
  if (/^[HM]\d{8}(?:\d{2})?$/.test(found)) return "travel_permit"
  return chinesePassport.test(found) ? "passport" : undefined
}
