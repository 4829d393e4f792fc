import { createHmac } from "node:crypto"

/**
 * The headers of a message as Standard Webhooks has them: its id, the second at which it is sent, and the HMAC-SHA256 of id, second and
 * body under the secret.
 *
 * @param secret `whsec_` and base64
 * @source standardwebhooks.com, specification 1.0.0
 */
export function signMessage(
  secret: string,
  id: string,
  seconds: number,
  body: string
): Readonly<Record<string, string>> {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64")
  const signature = createHmac("sha256", key).update(`${id}.${seconds}.${body}`).digest("base64")
  return { "webhook-id": id, "webhook-timestamp": String(seconds), "webhook-signature": `v1,${signature}` }
}
