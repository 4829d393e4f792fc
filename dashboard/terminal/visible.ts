/** How progress overwrites its own line; nothing else that a terminal obeys goes out. */
const ownLine = "\r\u001b[2K"
/** Controls but new line and tab, marks that turn the direction of writing, and breaks of lines that are none to a program. */
const obeyed = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu

/**
 * What a terminal would obey rather than show is spelled out as `\u001b`: names of files, columns and people come from elsewhere, and must not
 * move the cursor, hide a line or forge one. JSON stays the same JSON.
 */
export function visible(text: string): string {
  const lead = text.startsWith(ownLine) ? ownLine : ""
  return lead + text.slice(lead.length).replaceAll(obeyed, (one) => (one === "\n" || one === "\t" ? one : spelled(one)))
}

/** The same for what is one line, such as the message of an error. */
export const visibleLine = (text: string): string => text.replaceAll(obeyed, spelled)

const spelled = (one: string): string => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`
