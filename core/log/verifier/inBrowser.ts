/**
 * The checks of a subject's uses and of a revocation's receipt for browsers: WebCrypto and nothing else, so a page can run them on what the server
 * sent without believing the server. They decide as `assay-verify.mjs` does; a test holds the two to the same cases.
 */
import type { ReceiptProof, SetProof, VerifiedReceipt, VerifiedUse } from "./assay-verify.mjs"
import { hmacHex, parsed, parseKey, sha256Of, Unproven, verifyMembership, verifyProof } from "./webProofs.ts"
import type { Proven, WebKey } from "./webProofs.ts"

interface Said {
  readonly operation: string
  readonly action: string
  readonly purpose: string
  readonly recipient: string
  readonly asset: string
  readonly epoch: number
  readonly at: number
  readonly set: { readonly size: number; readonly root: string }
}

/**
 * Checks every use of a bundle under one log key, one after another, and stops at the first that does not hold. With a receipt, also that
 * nothing that was decided before the revocation came after it, and that nothing after it touched the subject.
 *
 * @param bundle      as `assay uses --subject ID --json` and `/api/customer/uses` give it
 * @param verifierKey a C2SP verifier key of the log, from a source that the reader trusts
 * @throws Unproven whose `entry` is the place in the log of the first use that does not hold
 */
export async function verifyUses(
  bundle: {
    readonly salt: string
    readonly uses: ReadonlyArray<{ readonly document: string; readonly proof: string; readonly member: SetProof }>
  },
  verifierKey: string,
  receipt?: ReceiptProof
): Promise<ReadonlyArray<VerifiedUse>> {
  const key = await parseKey(verifierKey)
  const revoked = receipt === undefined ? undefined : await verifyReceipt(receipt, verifierKey)
  const found: Array<VerifiedUse> = []
  for (const use of bundle.uses) {
    found.push(await naming(use.proof, () => verifyUse(use, bundle.salt, key, revoked)))
  }
  return found
}

/**
 * Checks the receipt of a revocation: that the log holds it, under the epoch that it names, and that it is about exactly what is said.
 *
 * @throws Unproven
 */
export async function verifyReceipt(receipt: ReceiptProof, verifierKey: string): Promise<VerifiedReceipt> {
  const key = await parseKey(verifierKey)
  return naming(receipt.proof, async () => {
    const said = parsed(receipt.document) as { readonly operation: string; readonly epoch: number }
    const { index, size, logged } = await entryOf(receipt.proof, key, "revoke", said.operation)
    const commitment = await hmacHex(receipt.salt, receipt.document)
    if (logged["commitment"] !== commitment || logged["epoch"] !== said.epoch || receipt.index !== index) {
      throw new Unproven("The log holds another revocation than the receipt says.")
    }
    return { ...said, index, size }
  })
}

async function verifyUse(
  { document, proof, member }: { readonly document: string; readonly proof: string; readonly member: SetProof },
  salt: string,
  key: WebKey,
  revoked: VerifiedReceipt | undefined
): Promise<VerifiedUse> {
  const said = parsed(document) as Said
  const { index, logged } = await entryOf(proof, key, "use", said.operation)
  if (logged["commitment"] !== (await sha256Of(document))) {
    throw new Unproven(`The log holds another account of ${said.operation}.`)
  }
  const value = await hmacHex(salt, said.operation)
  if (member.value !== value || member.root !== said.set.root || member.size !== said.set.size) {
    throw new Unproven(`The proof is not about this subject and ${said.operation}.`)
  }
  const touched = await verifyMembership(member)
  if (revoked !== undefined && index > revoked.index && (said.epoch < revoked.epoch || touched === "present")) {
    throw new Unproven(`${said.operation} came after the revocation.`)
  }
  const { operation, action, purpose, recipient, asset, epoch, at } = said
  return { operation, action, purpose, recipient, asset, epoch, at, index, member: touched }
}

async function entryOf(proof: string, key: WebKey, type: string, operation: string) {
  const proven: Proven = await verifyProof(proof, key)
  const logged = parsed(proven.entry) as Record<string, unknown>
  if (logged["type"] !== type || logged["operation"] !== operation) {
    throw new Unproven(`The proof is of another entry than the ${type} ${String(operation).slice(0, 80)}.`)
  }
  return { ...proven, logged }
}

/** Tells a failure which entry the proof speaks of, as far as that can be read. */
async function naming<A>(proof: string, check: () => Promise<A>): Promise<A> {
  try {
    return await check()
  } catch (cause) {
    // Whatever the server sent may have any shape; a member that is missing is a document that does not hold.
    const failed = cause instanceof Unproven ? cause : new Unproven("The document is not of the expected form.")
    const [, index] = /\nindex (\d{1,15})\n/.exec(String(proof)) ?? []
    if (index !== undefined) failed.entry = Number(index)
    throw failed
  }
}
