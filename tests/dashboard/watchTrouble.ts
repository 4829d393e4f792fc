import type { BrowserContext } from "playwright-core"

/** What must stay empty on a walk through the pages. */
export interface Trouble {
  readonly console: Array<string>
  readonly policy: Array<string>
  readonly foreign: Array<string>
  readonly overflow: Array<string>
  /** What axe-core finds against WCAG 2 levels A and AA. */
  readonly access: Array<string>
}

/** Notes errors and warnings of the console, reports against the content security policy, and requests to elsewhere. */
export async function watchTrouble(
  context: BrowserContext,
  url: string,
  trouble: Pick<Trouble, "console" | "policy" | "foreign">
): Promise<void> {
  await context.exposeBinding("reportViolation", (_source, text: string) => void trouble.policy.push(text))
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      const { reportViolation } = globalThis as unknown as { reportViolation: (text: string) => void }
      reportViolation(`${event.violatedDirective} ${event.blockedURI}`)
    })
  })
  context.on("page", (page) => {
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") trouble.console.push(message.text())
    })
    page.on("pageerror", (error) => void trouble.console.push(error.message))
  })
  context.on("request", (request) => {
    if (!/^(blob|data):/.test(request.url()) && new URL(request.url()).origin !== url)
      trouble.foreign.push(request.url())
  })
}
