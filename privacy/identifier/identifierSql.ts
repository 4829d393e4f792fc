import { provinceCodes } from "./provinceCodes.ts"

const province = `substr(t, 1, 2) in (${[...provinceCodes].map((code) => `'${code}'`).join(", ")})`

/**
 * Kinds of identifiers and the SQL that tells whether the whole text `t` is one; those with a check digit verify it.
 *
 * The engine's patterns run in linear time. What stands inside a longer text is found by `findIdentifiers`.
 */
export const identifierSql: Readonly<Record<string, string>> = {
  email: String.raw`regexp_full_match(t, '[^@\s]+@[^@\s]+\.[A-Za-z]{2,}')`,
  phone: String.raw`regexp_full_match(t, '((\+|00)?86[- ]?)?1[3-9]\d{9}|\+\d[\d ().-]{6,18}\d|0\d{2,3}-\d{7,8}')`,
  resident_id: String.raw`(case when regexp_full_match(t, '[1-9]\d{5}(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dXx]') then ${province} and try_strptime(substr(t, 7, 8), '%Y%m%d') is not null and ${residentCheck()} else false end)`,
  credit_code: String.raw`(case when regexp_full_match(t, '[0-9A-HJ-NP-RTUW-Y]{2}\d{6}[0-9A-HJ-NP-RTUW-Y]{10}') then not (regexp_full_match(t, '\d{18}') and try_strptime(substr(t, 7, 8), '%Y%m%d') between '1900-01-01' and '2049-12-31') and ${creditCheck()} else false end)`,
  bank_card: String.raw`(case when regexp_full_match(t, '62\d{14,17}|4\d{15}|(5[1-5]|2[2-7])\d{14}|3[47]\d{13}|35\d{14}|6011\d{12}|6[45]\d{14}|(9558|601[03]|9111|9400|9843|6058|6035)\d{12,15}') then ${luhnCheck()} else false end)`,
  plate: String.raw`regexp_full_match(t, '[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][ ·]?([A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳]|[DF][A-HJ-NP-Z0-9]\d{4}|\d{5}[DF])')`,
  wechat: String.raw`regexp_full_match(t, 'wxid_[a-z0-9]{8,20}')`,
  // The pattern alone costs as much as all others together, and hardly a text begins like this.
  url: String.raw`(case when starts_with(t, 'http') then regexp_full_match(t, 'https?://[^\s<>"]{4,900}') else false end)`,
  ip_address: String.raw`regexp_full_match(t, '((25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(25[0-5]|2[0-4]\d|1?\d?\d)')`
}

/** @source GB 11643: weights 2^(18-i) mod 11, check characters 10X98765432 */
function residentCheck(): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const sum = weights.map((weight, i) => `${weight} * substr(t, ${i + 1}, 1)::integer`).join(" + ")
  return `substr('10X98765432', ((${sum}) % 11) + 1, 1) = upper(substr(t, 18, 1))`
}

/** @source GB 32100: weights 3^i mod 31 over the alphabet without I, O, S, V, Z */
function creditCheck(): string {
  const alphabet = "'0123456789ABCDEFGHJKLMNPQRTUWXY'"
  let weight = 1
  const terms: Array<string> = []
  for (let i = 1; i <= 17; i++) {
    terms.push(`${weight} * (strpos(${alphabet}, substr(t, ${i}, 1)) - 1)`)
    weight = (weight * 3) % 31
  }
  return `(31 - ((${terms.join(" + ")}) % 31)) % 31 = strpos(${alphabet}, substr(t, 18, 1)) - 1`
}

function luhnCheck(): string {
  const digit = "substr(reverse(t), i::integer, 1)::integer"
  const doubled = `case when i % 2 = 0 then (${digit} * 2) // 10 + (${digit} * 2) % 10 else ${digit} end`
  return `list_sum(list_transform(range(1, length(t) + 1), lambda i: ${doubled})) % 10 = 0`
}
