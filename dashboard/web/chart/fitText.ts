import { textWidth } from "./textWidth.ts"

/** The text, or as much of it as fits with an ellipsis. */
export function fitText(text: string, width: number, size: number): string {
  if (textWidth(text, size) <= width) return text
  const characters = [...text]
  if (characters.length === 1) return text
  while (characters.length > 1 && textWidth(`${characters.join("")}…`, size) > width) characters.pop()
  return `${characters.join("")}…`
}
