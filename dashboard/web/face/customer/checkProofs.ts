import type { VerifiedUse } from "#core/log/verifier/assay-verify.mjs"
import { verifyUses } from "#core/log/verifier/inBrowser.ts"
import { Unproven } from "#core/log/verifier/webProofs.ts"
import type { CustomerUses } from "../../../api/customer/CustomerUses.ts"
import { noteOfProof } from "./noteOfProof.ts"
import type { LogNote } from "./noteOfProof.ts"

/** What became of checking the proofs of a bundle. */
export type CheckedProofs =
  | { readonly tag: "none" }
  | { readonly tag: "sound"; readonly held: ReadonlyArray<VerifiedUse>; readonly note: LogNote }
  /** The first proof that does not hold, as the check says it. */
  | { readonly tag: "broken"; readonly message: string }
  /** The browser knows no Ed25519. */
  | { readonly tag: "cannot" }

/** Checks in this browser, by WebCrypto, what the server sent; nothing of it is believed that does not hold. */
export async function checkProofs({ bundle }: CustomerUses): Promise<CheckedProofs> {
  const newest = bundle.uses.at(-1)
  if (newest === undefined) return { tag: "none" }
  try {
    return { tag: "sound", held: await verifyUses(bundle, bundle.key), note: noteOfProof(newest.proof) }
  } catch (cause) {
    if (cause instanceof Unproven) return { tag: "broken", message: cause.message }
    if (cause instanceof DOMException) return { tag: "cannot" }
    throw cause
  }
}
