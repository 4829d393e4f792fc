import { BadInput } from "#core/BadInput.ts"

const loopback = /^(localhost|127\.0\.0\.1|\[::1\])$/

/**
 * An origin as browsers send it.
 *
 * @throws BadInput for what is no bare origin, and for one without encryption elsewhere than on the own machine: anybody on the way could show
 *         their own page in its name
 */
export function originOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isSafe = url?.protocol === "https:" || (url?.protocol === "http:" && loopback.test(url.hostname))
  if (url !== undefined && isSafe && (text === url.origin || text === `${url.origin}/`)) return url.origin
  throw new BadInput({
    code: "embed.origin-form",
    message: "A page is named by its origin: https, the host, and the port where there is one.",
    fix: "Write, for example, https://erp.example.com; http only for localhost.",
    where: { field: "origins" }
  })
}
