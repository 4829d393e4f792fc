/** Who asks, as far as a policy may look at them. */
export interface Viewer {
  /** One of the roles of the policies' schema; `nobody` for a request without a session. */
  readonly role: string
  /** The name of the account, for the record of decisions; no policy looks at it. */
  readonly name: string
  /** What stands behind the session: a passkey, the demo's one-time link, the service of their company, a recipient's token, or nothing. */
  readonly device: "passkey" | "link" | "openid" | "token" | "none"
  /** Whole seconds since they last showed that it is them. */
  readonly assurance: number
}
