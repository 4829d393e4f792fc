import type { SetProof } from "#core/log/verifier/assay-verify.mjs"

/** One use with its proofs. */
export interface UseProof {
  /** Canonical JSON of a `UseDocument`. */
  readonly document: string
  /** A C2SP tlog-proof of the `use` entry, which holds the document's hash. */
  readonly proof: string
  /** That the subject is, or is not, in the document's set. */
  readonly member: SetProof
}

/**
 * What a subject takes away: every use of theirs, checkable with `assay-verify.mjs uses` or in a browser. It holds the subject's salt, so it is
 * for nobody else.
 */
export interface UseBundle {
  readonly v: 1
  readonly subject: string
  /** 64 hexadecimal digits. */
  readonly salt: string
  /** The log's verifier key as the house gives it; who doubts the house takes it from elsewhere. */
  readonly key: string
  readonly uses: ReadonlyArray<UseProof>
}
