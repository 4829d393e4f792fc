import type { Language } from "./Language.ts"

/** A moment in the reader's own time zone, to the minute. */
export function formatInstant(iso: string, language: Language): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" }).format(new Date(iso))
}
