import type { Language } from "./Language.ts"

/** A day (UTC) from an ISO day or instant: `2026-11-22` stays the same day for every reader. */
export function formatDay(iso: string, language: Language, form: "full" | "short" = "full"): string {
  return new Intl.DateTimeFormat(language, {
    timeZone: "UTC",
    month: "short",
    day: "numeric",
    ...(form === "full" ? { year: "numeric" } : {})
  }).format(new Date(iso))
}
