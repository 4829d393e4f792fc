/** What a key may be used for. */
export type KeyScope = "lookup" | "usage"

/** One recipient's key for the per-call API, without its secret. */
export interface ApiKey {
  readonly id: string
  /** The beginning of the token, by which people tell keys apart. */
  readonly prefix: string
  /** The order or the trial that entitles it. */
  readonly holder: string
  readonly buyer: string
  readonly product: string
  readonly scopes: ReadonlyArray<KeyScope>
  /** ISO instants. */
  readonly createdAt: string
  readonly expiresAt: string
  readonly revokedAt: string | null
  readonly lastUsedAt: string | null
}
