/** A row of `passkey`. `digest` is the SHA-256 of the credential's id, under which grants name it. */
export interface StoredPasskey {
  readonly id: string
  readonly digest: string
  readonly name: string
  readonly subject: number | null
  readonly public_key: Uint8Array
  readonly counter: number
  readonly backed_up: number
  readonly label: string
  readonly created_at: number
  readonly used_at: number | null
}
