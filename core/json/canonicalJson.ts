/**
 * RFC 8785 canonical JSON of a plain value: sorted keys by UTF-16 code units, no white space, numbers as ECMAScript writes them.
 *
 * Members that are `undefined` are left out, as JSON has no word for them.
 *
 * @throws TypeError for what JSON cannot say exactly: NaN, infinities, bigint, functions, lone surrogates
 * @source RFC 8785, section 3.2
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === "boolean") return String(value)
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new TypeError("canonical JSON has no NaN and no infinity")
    return JSON.stringify(value)
  }
  if (typeof value === "string") {
    if (!value.isWellFormed()) throw new TypeError("canonical JSON has no lone surrogates")
    return JSON.stringify(value)
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`
  if (typeof value === "object") {
    const members = Object.entries(value).filter(([, member]) => member !== undefined)
    members.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    return `{${members.map(([key, member]) => `${canonicalJson(key)}:${canonicalJson(member)}`).join(",")}}`
  }
  throw new TypeError(`canonical JSON has no ${typeof value}`)
}
