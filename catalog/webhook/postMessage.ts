import { request as plainRequest } from "node:http"
import { request as secureRequest } from "node:https"
import { isIP, isIPv6 } from "node:net"
import type { HookUrl } from "./checkHookUrl.ts"
import { isPublicAddress } from "./isPublicAddress.ts"

/** Looks up a name; all its addresses. */
export type Resolve = (host: string) => Promise<ReadonlyArray<string>>

/** What came of a message: the status that was answered, or why there is none. */
export interface Posted {
  readonly status: number | null
  readonly problem: string | null
}

const timeoutMillis = 10_000

/**
 * Sends one message. The name is looked up here, every address of it has to be public, and the connection goes to the very address that was
 * checked; answers are not read, and where they lead is not followed.
 */
export function postMessage(
  { url, isLoopback }: HookUrl,
  headers: Readonly<Record<string, string>>,
  body: string,
  resolve: Resolve
): Promise<Posted> {
  const host = url.hostname.replace(/^\[|\]$/g, "")
  return (isIP(host) === 0 ? resolve(host) : Promise.resolve([host])).then(
    (addresses) => {
      const bad = addresses.length === 0 || addresses.some((one) => !mayReach(one, isLoopback))
      return bad ? failed("The name leads to no public address.") : connect(url, addresses[0]!, headers, body)
    },
    () => failed("The name cannot be looked up.")
  )
}

const failed = (problem: string): Posted => ({ status: null, problem })

const mayReach = (address: string, isLoopback: boolean): boolean =>
  isLoopback ? address === "::1" || address.startsWith("127.") : isPublicAddress(address)

function connect(url: URL, address: string, headers: Readonly<Record<string, string>>, body: string): Promise<Posted> {
  return new Promise((done) => {
    const send = url.protocol === "https:" ? secureRequest : plainRequest
    const outgoing = send(
      url,
      {
        method: "POST",
        agent: false,
        // The name stays what the certificate is checked against; the address is the one that was looked at.
        lookup: (_name, options, callback) => {
          const family = isIPv6(address) ? 6 : 4
          if (options.all === true) callback(null, [{ address, family }])
          else callback(null, address, family)
        },
        headers: {
          ...headers,
          "content-type": "application/json",
          "content-length": Buffer.byteLength(body),
          "user-agent": "assay-webhooks/1"
        },
        signal: AbortSignal.timeout(timeoutMillis)
      },
      (incoming) => {
        const status = incoming.statusCode ?? null
        incoming.destroy()
        done({ status, problem: null })
      }
    )
    outgoing.on("error", (error) =>
      done(
        failed(
          error.name === "TimeoutError" || error.name === "AbortError"
            ? "Nothing was answered in 10 s."
            : "The connection failed."
        )
      )
    )
    outgoing.end(body)
  })
}
