/**
 * Whether a Hong Kong identity card number carries the right check digit.
 *
 * @param id  one or two letters, six digits, a digit or A; no parentheses
 */
export function isHongKongId(id: string): boolean {
  const body = id.length === 8 ? ` ${id}` : id
  let sum = 0
  for (let i = 0; i < 8; i++) {
    const code = body.charCodeAt(i)
    sum += (9 - i) * (body[i] === " " ? 36 : code >= 65 ? code - 55 : code - 48)
  }
  const check = body[8] === "A" ? 10 : Number(body[8])
  return (sum + check) % 11 === 0
}
