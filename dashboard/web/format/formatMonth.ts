import type { Language } from "./Language.ts"

/** The month (UTC) of an ISO day or instant, for axes over years. */
export function formatMonth(iso: string, language: Language): string {
  return new Intl.DateTimeFormat(language, { timeZone: "UTC", month: "short", year: "numeric" }).format(new Date(iso))
}
