/** A piece of SVG whose every inserted text has been escaped; only `svg` makes one. */
export interface Svg {
  readonly markup: string
}

type Part = Svg | ReadonlyArray<Svg> | string | number

/** Writes SVG. Texts are escaped, numbers kept to two decimals, pieces inserted as they are. */
export function svg(strings: TemplateStringsArray, ...parts: ReadonlyArray<Part>): Svg {
  let markup = strings[0]!
  for (let i = 0; i < parts.length; i++) markup += write(parts[i]!) + strings[i + 1]!
  return { markup }
}

function write(part: Part): string {
  if (typeof part === "number") return String(Math.round(part * 100) / 100)
  if (typeof part === "string") return part.replaceAll(/[&<>"']/g, (found) => `&#${found.charCodeAt(0)};`)
  return "markup" in part ? part.markup : part.map((piece) => piece.markup).join("")
}
