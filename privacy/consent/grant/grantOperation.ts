import type { Home } from "#core/home/Home.ts"

/** The operation of a grant's entry in the log: keyed, so that nobody outside finds the entry from the grant. */
export const grantOperation = (home: Pick<Home["Service"], "hmac">, digest: string): string =>
  `grant:${home.hmac("grant-operation", digest).slice(0, 32)}`
