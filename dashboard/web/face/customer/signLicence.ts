import { canonicalJson } from "#core/json/canonicalJson.ts"
import type { LicenceChange } from "../../../api/customer/LicenceChange.ts"
import type { LicenceChanged } from "../../../api/customer/LicenceChanged.ts"
import type { LicenceDraft } from "../../../api/customer/LicenceDraft.ts"
import { ApiProblem } from "../../shell/ApiProblem.ts"
import { ask } from "../../shell/ask.ts"
import { passkeys } from "../../shell/passkeys.ts"

/** What was read, to be signed with a passkey of one's own. */
export interface ToSign {
  readonly change: LicenceChange
  readonly said: LicenceDraft
  readonly language: "zh" | "en"
  /** Digest of the passkey. */
  readonly passkey: string
}

/**
 * Has the customer's passkey sign a licence. The browser reckons by itself what it signs: the digest of the grant that the house drew up, and
 * only if that grant rests on the very notice that stood on the page.
 */
export async function signLicence({ change, said, language, passkey }: ToSign): Promise<LicenceChanged> {
  const body = { ...change, notice: said.sha256, language, passkey }
  const { token, credential } = await ask("customerSigning", "/api/customer/licences/signing", body)
  const payload = bytesOf(token.split(".")[1] ?? "")
  const drawn = JSON.parse(new TextDecoder().decode(payload)) as { notice?: { sha256?: unknown } }
  const shown = hexOf(await sha256(new TextEncoder().encode(canonicalJson(said.notice))))
  if (drawn.notice?.sha256 !== shown) {
    throw new ApiProblem(409, { code: "licence.notice", message: "", fix: "" })
  }
  const assertion = await passkeys.signBytes(new Uint8Array(await sha256(payload)), credential)
  return ask("customerSign", "/api/customer/licences/signed", { token, assertion })
}

const sha256 = (bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> => crypto.subtle.digest("SHA-256", bytes)

const hexOf = (bytes: ArrayBuffer): string =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("")

const bytesOf = (base64Url: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64Url.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.codePointAt(0)!)
