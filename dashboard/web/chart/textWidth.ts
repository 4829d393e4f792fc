/** About how wide a text is, in units of its size: a Chinese character is square, a Latin one a bit over half. */
export function textWidth(text: string, size: number): number {
  let units = 0
  for (const character of text)
    units += character.codePointAt(0)! >= 0x2e80 ? 1 : /[A-Z—%]/.test(character) ? 0.68 : 0.56
  return units * size
}
