import type { Finding } from "./Finding.ts"
import { isBankCard } from "./isBankCard.ts"
import { isCreditCode } from "./isCreditCode.ts"
import { isIban } from "./isIban.ts"
import { labelBefore } from "./labelBefore.ts"

const card =
  /(?<![0-9A-Za-z_]|[0-9A-Za-z][-.])(?:\d{14,19}|\d{4}([ -])\d{4}\1\d{4}\1\d{4}(?:\1\d{1,3})?|\d{4}([ -])\d{6}\2\d{4,5}|\d{6}[ -]\d{10,13})(?![0-9A-Za-z_]|[-.]\w)/g
const code = /(?<![0-9A-Za-z])[1-9ACDEFGNY][1-59]\d{6}[0-9A-HJ-NPQRTUWXY]{10}(?![0-9A-Za-z])/gi
const iban = /(?<![0-9A-Za-z])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![0-9A-Za-z])/g
const account = /(?<![0-9A-Za-z_])\d(?:[ -]?\d){7,24}(?![0-9A-Za-z_])/g

/** Numbers of money and of firms: bank cards and credit codes by their check digits, accounts by IBAN or by what stands before. */
export function* findAccounts(text: string): Generator<Finding> {
  for (const { index, 0: found } of text.matchAll(iban)) {
    if (isIban(found.replaceAll(" ", ""))) yield { kind: "bank_account", start: index, end: index + found.length }
  }
  for (const { index, 0: found } of text.matchAll(card)) {
    if (!isBankCard(found.replaceAll(/[ -]/g, ""))) continue
    const label = labelBefore(text, index)
    if (label !== "order" && label !== "amount" && label !== "phone" && label !== "version")
      yield { kind: "bank_card", start: index, end: index + found.length }
  }
  for (const { index, 0: found } of text.matchAll(code)) {
    if (isCreditCode(found.toUpperCase())) yield { kind: "credit_code", start: index, end: index + found.length }
  }
  for (const { index, 0: found } of text.matchAll(account)) {
    if (labelBefore(text, index) !== "account") continue
    if (/银行|开户|对公|汇款|转账|收款|打款|bank|remit|wire/i.test(text.slice(Math.max(0, index - 30), index)))
      yield { kind: "bank_account", start: index, end: index + found.length }
  }
}
