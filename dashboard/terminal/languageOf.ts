import type { Flags } from "./Verb.ts"

/** The language of words that product files give in two: `--lang`, else that of the terminal, else English. */
export function languageOf(flags: Flags): "zh" | "en" {
  const asked = typeof flags["lang"] === "string" ? flags["lang"] : (process.env["LANG"] ?? "")
  return asked.startsWith("zh") ? "zh" : "en"
}
