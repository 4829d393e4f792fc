import { departure } from "../../shell/departure.ts"

/** What a page must know before it is left. */
interface Guarded {
  /** Something would be lost. */
  readonly isDirty: () => boolean
  /** Somebody wants to go to this address of the application. */
  readonly ask: (address: string) => void
}

/**
 * Holds back links inside the application, the browser's back and forward, and the closing of the window while something would be lost.
 *
 * @returns what ends it
 */
export function guardLeaving({ isDirty, ask }: Guarded): () => void {
  const here = location.pathname
  const onClick = (event: MouseEvent): void => {
    if (!isDirty() || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return
    const link = event.composedPath().find((part) => part instanceof Element && part.localName === "a")
    if (!(link instanceof Element) || link.hasAttribute("download") || link.hasAttribute("target")) return
    const address = link.getAttribute("href")
    if (address === null || !address.startsWith("/") || address.startsWith("/api/")) return
    event.preventDefault()
    ask(address)
  }
  const letGo = departure.hold(() => {
    if (!isDirty()) return false
    const wanted = location.pathname
    history.pushState(null, "", here)
    ask(wanted)
    return true
  })
  const onClose = (event: BeforeUnloadEvent): void => {
    if (isDirty()) event.preventDefault()
  }
  document.addEventListener("click", onClick, { capture: true })
  addEventListener("beforeunload", onClose)
  return () => {
    document.removeEventListener("click", onClick, { capture: true })
    letGo()
    removeEventListener("beforeunload", onClose)
  }
}
