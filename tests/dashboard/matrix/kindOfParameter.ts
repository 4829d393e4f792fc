/**
 * What the parameter of a path names, by the path before it. A route with a parameter that stands behind none of these fails the tests of access:
 * give its objects here and in `openFullHouse`.
 */
const kinds: ReadonlyArray<readonly [before: RegExp, kind: string]> = [
  [/^\/api\/products\/$/, "product"],
  [/^\/api\/quotes\/$/, "quote"],
  [/^\/api\/orders\/$/, "order"],
  [/^\/api\/(?:steward\/)?assets\/$/, "asset"],
  [/\/columns\/$/, "column"],
  [/^\/api\/steward\/sources\/$/, "source"],
  [/^\/api\/steward\/sources\/:source\/$/, "stream"],
  [/^\/api\/steward\/runs\/$/, "run"],
  [/^\/api\/steward\/review\/$/, "product"],
  [/^\/api\/steward\/evidence\/$/, "evidence"],
  [/^\/api\/steward\/identifiers\/$/, "asset"],
  [/^\/api\/steward\/charges\/$/, "charge"],
  [/^\/api\/steward\/trials\/$/, "another trial"],
  [/^\/api\/steward\/webhooks\/$/, "webhook"],
  [/^\/api\/embeds\/$/, "embed"],
  [/^\/api\/auditor\/entries\/$/, "entry"],
  [/^\/api\/auditor\/releases\/$/, "release"],
  [/^\/api\/buyer\/inbox\/$/, "notice"],
  [/^\/api\/buyer\/recalls\/$/, "recall"],
  [/^\/api\/buyer\/trials\/$/, "trial"],
  [/^\/api\/buyer\/keys\/$/, "key"],
  [/^\/api\/buyer\/shares\/$/, "share"],
  [/^\/api\/customer\/uses\/$/, "operation"],
  [/^\/api\/customer\/grants\/$/, "grant"],
  [/^\/api\/admin\/buyers\/$/, "buyer"],
  [/^\/api\/admin\/caps\/$/, "raise"],
  [/^\/api\/passkeys\/$/, "passkey"],
  [/^\/api\/sessions\/$/, "session"],
  [/^\/api\/principals\/$/, "account"],
  [/^\/api\/elevations\/$/, "elevation"]
]

/** The kinds of a path's parameters in their order; undefined for one that nobody gives objects for. */
export function kindsOf(path: string): ReadonlyArray<string | undefined> {
  return [...path.matchAll(/:\w+/g)].map(
    ({ index }) => kinds.find(([before]) => before.test(path.slice(0, index)))?.[1]
  )
}

/** The same identifier as far as its form goes, and nobody's. */
export function neverOf(id: string): string {
  if (/^\d+$/.test(id)) return "987654321"
  if (/^[0-9a-f]{64}$/.test(id)) return "0".repeat(64)
  const named = /^([a-z]{3}_)[0-9a-z]{26}$/.exec(id)
  if (named !== null) return `${named[1]}${"0".repeat(26)}`
  return /^[\w-]{43}$/.test(id) ? "A".repeat(43) : id.replaceAll(/[a-z0-9]/gi, "x")
}
