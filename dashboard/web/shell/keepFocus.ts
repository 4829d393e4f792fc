import type { ReactiveControllerHost } from "lit"

const focusable =
  "a[href], button:not([disabled]), input:not([disabled]), select:not([disabled]), textarea:not([disabled])"

/**
 * Keeps the place of whoever works by keyboard: where what had the focus is gone, since a question took the place of a button, the focus moves to
 * what stands there now; where it was only disabled while it worked, it gets the focus back.
 */
export function keepFocus(host: ReactiveControllerHost & HTMLElement): void {
  let last: HTMLElement | undefined
  let around: ReadonlyArray<HTMLElement> = []
  const remember = ({ target }: FocusEvent): void => {
    if (!(target instanceof HTMLElement)) return
    last = target
    around = ancestors(target, host)
  }
  const forget = ({ relatedTarget }: FocusEvent): void => {
    // Who leaves by themselves is not followed; what was taken away leaves for nowhere.
    if (relatedTarget !== null) last = undefined
  }
  host.addController({
    hostConnected: () => {
      host.addEventListener("focusin", remember)
      host.addEventListener("focusout", forget)
    },
    hostDisconnected: () => {
      host.removeEventListener("focusin", remember)
      host.removeEventListener("focusout", forget)
    },
    hostUpdated: () => {
      if (last === undefined || (document.activeElement !== document.body && document.activeElement !== null)) return
      if (last.isConnected) {
        if (!last.matches("[disabled]")) last.focus({ preventScroll: true })
        return
      }
      const home = around.find((element) => element.isConnected)
      const next = home?.querySelector<HTMLElement>(focusable) ?? host.querySelector<HTMLElement>("h1")
      next?.focus({ preventScroll: true })
    }
  })
}

function ancestors(element: HTMLElement, host: HTMLElement): ReadonlyArray<HTMLElement> {
  const found: Array<HTMLElement> = []
  for (let at = element.parentElement; at !== null && at !== host; at = at.parentElement) found.push(at)
  return [...found, host]
}
