import { settings } from "./settings.ts"

/** Puts what the reader chose on the document itself, now and whenever it changes. Components on pages of others leave those alone. */
export function dressPage(): void {
  const page = document.documentElement
  const dress = (): void => {
    page.lang = settings.language
    if (settings.chosenTheme === null) delete page.dataset["theme"]
    else page.dataset["theme"] = settings.chosenTheme
  }
  settings.subscribe(dress)
  dress()
}
