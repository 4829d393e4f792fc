import { canonicalJson } from "#core/json/canonicalJson.ts"

/** The key of one stream's event ids, derived from the home key, so that the home key itself never enters the engine. */
export function eventKey(
  home: { hmac(label: string, text: string): string },
  source: string,
  stream: string
): Uint8Array {
  return Buffer.from(home.hmac("event", canonicalJson([source, stream])), "hex")
}
