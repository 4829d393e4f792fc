import type { Language } from "../format/Language.ts"

type Theme = "light" | "dark"

const dark = matchMedia("(prefers-color-scheme: dark)")
const listeners = new Set<() => void>()

function stored(name: string): string | null {
  try {
    return localStorage.getItem(name)
  } catch {
    return null
  }
}

function store(name: string, value: string): void {
  try {
    localStorage.setItem(name, value)
  } catch {
    // A browser that keeps nothing still shows the page.
  }
}

const firstLanguage = (): Language => {
  const known = stored("assay.language")
  if (known === "zh-CN" || known === "en") return known
  const wanted = navigator.languages.find((tag) => /^(zh|en)/i.test(tag)) ?? "zh"
  return /^en/i.test(wanted) ? "en" : "zh-CN"
}

const state: { language: Language; theme: Theme | null } = {
  language: firstLanguage(),
  theme: ((theme) => (theme === "light" || theme === "dark" ? theme : null))(stored("assay.theme"))
}

function tell(): void {
  for (const listener of listeners) listener()
}
dark.addEventListener("change", tell)

/** What the reader has chosen, or what the browser says until then. Embedded components follow it too. */
export const settings = {
  get language(): Language {
    return state.language
  },
  get theme(): Theme {
    return state.theme ?? (dark.matches ? "dark" : "light")
  },
  setLanguage(language: Language): void {
    state.language = language
    store("assay.language", language)
    tell()
  },
  setTheme(theme: Theme): void {
    state.theme = theme
    store("assay.theme", theme)
    tell()
  },
  /** What the page around says, where these are components on a page of others; nothing of it is kept. */
  follow(language: Language | undefined, theme: Theme | undefined): void {
    state.language = language ?? state.language
    state.theme = theme ?? null
    tell()
  },
  /** What was chosen; null where the browser decides. */
  get chosenTheme(): Theme | null {
    return state.theme
  },
  subscribe(listener: () => void): () => void {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }
}
