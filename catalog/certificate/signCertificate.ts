import type { Home } from "#core/home/Home.ts"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import type { DeliveryCertificate } from "./DeliveryCertificate.ts"

/** Signs a delivery's certificate with the key of the house. */
export function signCertificate(
  home: Home["Service"],
  facts: Omit<DeliveryCertificate, "format" | "seller" | "signature">
): DeliveryCertificate {
  const unsigned = { format: "assay-delivery/1" as const, ...facts, seller: { publicKey: home.publicKey } }
  return { ...unsigned, signature: home.sign(canonicalJson(unsigned)) }
}
