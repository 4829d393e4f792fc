/** Where accounts of a company may sign in: an OpenID provider, and how its people are matched with accounts of this house. */
export interface Provider {
  /** The issuer, as its documents name it: `https://…`, or `http://` on the loopback. */
  readonly issuer: string
  /** The identifier under which the provider knows this house. */
  readonly client: string
  /** What names the account: the user name, or the part before the @ of a verified address of `domain`. */
  readonly claim: "preferred_username" | "email"
  /** Needed for `email` alone. */
  readonly domain: string | null
  /** What the button says: "Sign in with …". */
  readonly label: string
  readonly setBy: string
  /** Milliseconds since the epoch. */
  readonly setAt: number
}
