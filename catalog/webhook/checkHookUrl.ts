import { isIP } from "node:net"
import { BadInput } from "#core/BadInput.ts"
import { isPublicAddress } from "./isPublicAddress.ts"

/** An address that messages may be sent to. */
export interface HookUrl {
  readonly url: URL
  /** On this machine: for who works at its terminal, to try things out. */
  readonly isLoopback: boolean
}

/**
 * Reads the address of a webhook: https with a public name or address, or this machine where that is allowed. Names are looked up again before
 * each message.
 *
 * @throws BadInput for any other
 */
export function checkHookUrl(text: string, allowLoopback: boolean): HookUrl {
  const url = URL.canParse(text) && text.length <= 500 ? new URL(text) : undefined
  if (url === undefined) throw wrong("It is no address.")
  if (url.username !== "" || url.password !== "") throw wrong("It has a name or a password in it.")
  if (url.hash !== "") throw wrong("It has a fragment, which would not be sent.")
  const host = url.hostname.replace(/^\[|\]$|(?<!\.)\.+$/g, "").toLowerCase()
  if (host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."))) {
    if (allowLoopback && ["http:", "https:"].includes(url.protocol)) return { url, isLoopback: true }
    throw wrong("It is on the house's own machine.")
  }
  if (url.protocol !== "https:") throw wrong("It is not encrypted.")
  if (isIP(host) !== 0 && !isPublicAddress(host)) throw wrong("It is no public address.")
  if (isIP(host) === 0 && (!host.includes(".") || /\.(local|internal|localhost|home\.arpa)$/.test(host)))
    throw wrong("It is no public name.")
  return { url, isLoopback: false }
}

const wrong = (why: string): BadInput =>
  new BadInput({
    code: "webhook.url",
    message: `Nothing can be sent to this address. ${why}`,
    fix: "Give one that begins with https:// and is reachable from the internet.",
    where: { field: "url" }
  })
