const kinds: ReadonlyArray<readonly [kind: string, pattern: RegExp]> = [
  ["email", /e-?mail|邮箱/i],
  ["phone", /phone|mobile|(^|_)(tel|fax)(_|$)|电话|手机/i],
  ["identity document", /id_?card|passport|(^|_)ssn(_|$)|身份证|护照/i],
  ["birth", /birth|(^|_)dob(_|$)|生日|出生/i],
  ["address", /address|street|zip|postal|postcode|地址|邮编/i],
  ["position", /(^|_)(lat|lng|lon|latitude|longitude)(_|$)|经度|纬度/i],
  ["name", /(^|_)(first|last|full|given|family|contact|customer|user|person|nick)_?name|(^|_)name$|^name|姓名|联系人/i],
  ["person in charge", /(^|_)(agent|owner|manager|assigned_to|sales_?rep)(_|$)|负责人/i],
  ["free text", /comment|message|(^|_)(text|note|notes|remark|description)(_|$)|备注|描述/i]
]

/** What a field's name says that it holds, when it says so. */
export function namedKind(name: string): string | undefined {
  return kinds.find(([, pattern]) => pattern.test(name))?.[0]
}
