/** Opens an address of the application without loading the page again. */
export function goTo(address: string): void {
  history.pushState(null, "", address)
  dispatchEvent(new PopStateEvent("popstate"))
}
