import { createHmac } from "node:crypto"
import { Effect } from "effect"
import { Home } from "#core/home/Home.ts"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { sha256Hex } from "#core/json/sha256Hex.ts"
import { Log } from "#core/log/Log.ts"
import type { LogEntry } from "#core/log/LogEntry.ts"
import { Records } from "#core/records/Records.ts"
import type { Db } from "#core/records/Records.ts"
import { readLedger } from "#privacy/budget/readLedger.ts"

/** A row of the records that the log should speak of. */
interface Kept {
  readonly type: LogEntry["type"]
  readonly operation: string
  /** What its entry may commit to; empty where nothing is left to tell it by, and then the entry only has to be there. */
  readonly commitments: ReadonlyArray<string>
}

/** What stands in the records and not in the log, or the other way round. */
export interface LedgerDifference {
  readonly what: "missing from the log" | "another in the log" | "missing from the records"
  readonly type: LogEntry["type"]
  readonly operation: string
}

export interface LedgerComparison {
  readonly compared: number
  /** At most ten. */
  readonly differences: ReadonlyArray<LedgerDifference>
}

const chunk = 4096
const mostTold = 10
/** Of these types every entry has a row of its own for ever. */
const paired = new Set<LogEntry["type"]>(["grant", "revoke", "use"])

/**
 * Holds the ledger against the log, both ways: budget, versions, orders, grants, revocations and uses that somebody changed, added or took away
 * in the records without the log do not fit it.
 */
export const compareLedger = Effect.fn("compareLedger")(function* () {
  const log = yield* Log
  const home = yield* Home
  const { size } = yield* log.drain
  const kept = yield* (yield* Records).read((db) => ledgerRows(db, home))
  const logged = new Map<string, Set<string>>()
  for (let from = 0; from < size; from += chunk) {
    for (const bytes of yield* log.entries(from, chunk)) {
      const { type, operation, commitment } = JSON.parse(Buffer.from(bytes).toString("utf8")) as LogEntry
      const key = `${type} ${operation}`
      const known = logged.get(key)
      if (known === undefined) logged.set(key, new Set([commitment]))
      else known.add(commitment)
    }
  }
  const differences: Array<LedgerDifference> = []
  const seen = new Set<string>()
  for (const { type, operation, commitments } of kept) {
    const key = `${type} ${operation}`
    seen.add(key)
    const found = logged.get(key)
    if (found === undefined) differences.push({ what: "missing from the log", type, operation })
    else if (commitments.length > 0 && !commitments.some((one) => found.has(one))) {
      differences.push({ what: "another in the log", type, operation })
    }
  }
  for (const key of logged.keys()) {
    const [type, operation] = [key.slice(0, key.indexOf(" ")) as LogEntry["type"], key.slice(key.indexOf(" ") + 1)]
    if (paired.has(type) && !seen.has(key)) differences.push({ what: "missing from the records", type, operation })
  }
  return {
    compared: kept.length,
    differences: differences.slice(0, mostTold)
  } satisfies LedgerComparison as LedgerComparison
})

function ledgerRows(db: Db, home: Home["Service"]): ReadonlyArray<Kept> {
  const keyed = (salt: Uint8Array | null, text: string): ReadonlyArray<string> =>
    salt === null || text === "" ? [] : [createHmac("sha256", salt).update(text).digest("hex")]
  return [
    ...readLedger(db).map((entry): Kept => {
      const open = { ...entry, committedAt: null }
      // Before months were accounted for by themselves, an entry did not say of which it was.
      const { month: _, ...former } = open
      return {
        type: "budget",
        operation: entry.releaseId,
        commitments: [open, former].map((one) => sha256Hex(canonicalJson(one)))
      }
    }),
    ...db
      .all<{ id: string; document: string }>("select id, document from product_version")
      .map(({ id, document }): Kept => ({ type: "release", operation: id, commitments: [sha256Hex(document)] })),
    ...db
      .all<{ id: string }>("select id from buyer_order")
      .map(({ id }): Kept => ({ type: "order", operation: id, commitments: [] })),
    ...db
      .all<{ digest: string; salt: Uint8Array | null }>(
        "select g.digest, s.salt from consent_grant g join subject s on s.subj = g.subj"
      )
      .map(({ digest, salt }): Kept => ({
        type: "grant",
        operation: `grant:${home.hmac("grant-operation", digest).slice(0, 32)}`,
        commitments: keyed(salt, digest)
      })),
    ...db
      .all<{ operation: string; document: string; salt: Uint8Array | null }>(
        "select r.operation, r.document, s.salt from consent_revocation r join subject s on s.subj = r.subj"
      )
      .map(({ operation, document, salt }): Kept => ({
        type: "revoke",
        operation,
        commitments: keyed(salt, document)
      })),
    ...db
      .all<{ operation: string; document: string }>("select operation, document from consent_use")
      .map(({ operation, document }): Kept => ({ type: "use", operation, commitments: [sha256Hex(document)] }))
  ]
}
