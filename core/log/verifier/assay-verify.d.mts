import type { KeyObject } from "node:crypto"

export interface VerifierKey {
  readonly name: string
  readonly id: string
  readonly type: 1 | 4
  readonly raw: string
  readonly publicKey: KeyObject
}
export interface Policy {
  readonly logs: ReadonlyArray<VerifierKey>
  readonly witnesses: ReadonlyMap<string, VerifierKey & { readonly url?: string | undefined }>
  readonly groups: ReadonlyMap<string, { readonly need: number; readonly members: ReadonlyArray<string> }>
  readonly quorum: string
}
export interface Checkpoint {
  readonly origin: string
  readonly size: number
  readonly root: Buffer
}
export interface Signature {
  readonly name: string
  readonly id: string
  readonly bytes: Buffer
  readonly line: string
}
export interface SetProof {
  readonly value: string
  readonly size: number
  readonly root: string
  readonly neighbours: ReadonlyArray<{
    readonly value: string
    readonly index: number
    readonly path: ReadonlyArray<string>
  }>
}
export interface ReadableFiles {
  read(path: string): Buffer | undefined
  list(folder: string): ReadonlyArray<string>
}
export interface LogVerdict {
  readonly size: number
  readonly root: string
  readonly sound: boolean
  readonly firstBad?: number
  readonly file?: string
  readonly reason?: Reason
  readonly message?: string
}
export type Reason =
  | "signature"
  | "inclusion"
  | "consistency"
  | "quorum"
  | "damaged"
  | "malformed"
  | "presence"
  | "document"
  | "late"
  | "grant"
/** A receipt as its subject keeps it. */
export interface ReceiptProof {
  /** Canonical JSON of what was revoked. */
  readonly document: string
  readonly index: number
  /** A tlog-proof of the `revoke` entry. */
  readonly proof: string
  /** 64 hexadecimal digits. */
  readonly salt: string
}
export interface VerifiedReceipt {
  readonly operation: string
  readonly epoch: number
  readonly index: number
  readonly size: number
}
export interface VerifiedUse {
  readonly operation: string
  readonly action: string
  readonly purpose: string
  readonly recipient: string
  readonly asset: string
  readonly epoch: number
  readonly at: number
  readonly index: number
  readonly member: "present" | "absent"
}
/** A subject's grants, oldest first, each with a tlog-proof of its `grant` entry. */
export interface GrantBundle {
  /** 64 hexadecimal digits. */
  readonly salt: string
  readonly grants: ReadonlyArray<{ readonly token: string; readonly proof: string }>
}
export interface VerifiedGrant {
  readonly seq: number
  readonly digest: string
  readonly nbf: number
  readonly exp: number
  readonly rules: ReadonlyArray<unknown>
  readonly index: number
  readonly epoch: number
}

export const exitCodes: Readonly<Record<"sound" | "usage" | Reason, number>>
export class Unsound extends Error {
  constructor(reason: Reason, message: string)
  readonly reason: Reason
}
export function leafHash(entry: Uint8Array): Buffer
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer
export function verifyInclusion(
  leaf: Uint8Array,
  index: number,
  size: number,
  path: ReadonlyArray<Uint8Array>,
  root: Uint8Array
): boolean
export function verifyConsistency(
  first: number,
  firstRoot: Uint8Array,
  second: number,
  secondRoot: Uint8Array,
  proof: ReadonlyArray<Uint8Array>
): boolean
export function parseKey(text: string): VerifierKey
export function parseNote(note: string): { readonly text: string; readonly signatures: ReadonlyArray<Signature> }
export function signersOf(note: string, keys: ReadonlyArray<VerifierKey>): ReadonlySet<VerifierKey>
export function parseCheckpoint(note: string): Checkpoint
export function policyOfKey(key: string): Policy
export function parsePolicy(text: string): Policy
export function verifyCheckpoint(note: string, policy: Policy): Checkpoint
export function verifyProof(
  text: string,
  policy: Policy
): { readonly index: number; readonly entry: Buffer; readonly checkpoint: Checkpoint }
export function parseGrowth(text: string): {
  readonly old: number
  readonly proof: ReadonlyArray<Buffer>
  readonly note: string
}
export function verifyGrowth(
  text: string,
  older: string,
  policy: Policy
): { readonly before: Checkpoint; readonly after: Checkpoint }
export function verifyMembership(proof: SetProof): "present" | "absent"
export function verifyReceipt(receipt: ReceiptProof, policy: Policy): VerifiedReceipt
export function verifyGrants(bundle: GrantBundle, policy: Policy): ReadonlyArray<VerifiedGrant>
export function verifyUses(
  bundle: {
    readonly salt: string
    readonly uses: ReadonlyArray<{ readonly document: string; readonly proof: string; readonly member: SetProof }>
  },
  policy: Policy,
  receipt?: ReceiptProof
): ReadonlyArray<VerifiedUse>
export function tilePath(level: number | "entries", index: number, width?: number): string
export function verifyLog(files: ReadableFiles, policy: Policy): LogVerdict
export function compareWithSeen(files: ReadableFiles, verdict: LogVerdict, seen: Checkpoint): LogVerdict
export function filesIn(folder: string): ReadableFiles
