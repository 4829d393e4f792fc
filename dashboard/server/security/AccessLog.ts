import { Clock, Context, Effect, Layer } from "effect"
import { Home } from "#core/home/Home.ts"
import { Log } from "#core/log/Log.ts"
import { Records } from "#core/records/Records.ts"
import type { RecordsError } from "#core/records/Records.ts"
import { accessPolicies } from "#privacy/access/accessPolicies.ts"
import { accessSchema } from "#privacy/access/accessSchema.ts"
import { openAccess } from "#privacy/access/openAccess.ts"
import type { Judged } from "../http/Judged.ts"

/** Rows that are kept; older ones go. */
const mostKept = 200_000

/** A decision as auditors read it. */
export interface KeptDecision extends Judged {
  readonly seq: number
}

/** Which decisions are looked for; left out, any. */
export interface AskedDecisions {
  readonly role?: string | undefined
  readonly allowed?: boolean | undefined
  /** Part of an account, an action or a resource. */
  readonly text?: string | undefined
}

/** The policies that were in force from a time on. */
export interface PolicySet {
  readonly digest: string
  readonly since: number
  readonly policies: Readonly<Record<string, string>>
}

/** What was decided on access, and by which policies. */
export class AccessLog extends Context.Service<
  AccessLog,
  {
    /** Keeps decisions; the first under new policies also keeps those and logs the change. */
    keep(judged: ReadonlyArray<Judged>): Effect.Effect<void, RecordsError>
    /** The newest decisions before a number, or the newest of all, that are as asked. */
    recent(
      most: number,
      before?: number,
      asked?: AskedDecisions
    ): Effect.Effect<ReadonlyArray<KeptDecision>, RecordsError>
    readonly policies: Effect.Effect<ReadonlyArray<PolicySet>, RecordsError>
  }
>()("dashboard/AccessLog") {
  static readonly layer: Layer.Layer<AccessLog, never, Home | Log | Records> = Layer.effect(
    AccessLog,
    Effect.gen(function* () {
      return AccessLog.of(serve(yield* Records, yield* Log, yield* Home))
    })
  )
}

function serve(records: Records["Service"], log: Log["Service"], home: Home["Service"]): AccessLog["Service"] {
  let noted = false
  return {
    keep: Effect.fn("AccessLog.keep")(function* (judged) {
      const now = yield* Clock.currentTimeMillis
      yield* records.write((db) => {
        if (!noted) {
          const digest = openAccess().epoch
          const document = JSON.stringify({ schema: accessSchema, policies: accessPolicies })
          const fresh = db.run(
            "insert into access_policies (digest, document, since) values ($digest, $document, $now) on conflict do nothing",
            { digest, document, now }
          )
          const commitment = home.hmac("access-policies", document)
          if (fresh === 1) log.append(db, { type: "policy", operation: `access-policies:${digest}`, commitment })
        }
        for (const { at, name, role, action, resource, allowed, because, policies, times } of judged) {
          db.run(
            `insert into access_decision (at, name, role, action, resource, allowed, because, policies, times)
             values ($at, $name, $role, $action, $resource, $allowed, $because, $policies, $times)`,
            { at, name, role, action, resource, allowed: allowed ? 1 : 0, because, policies, times }
          )
        }
        db.run("delete from access_decision where seq <= (select max(seq) from access_decision) - $most", {
          most: mostKept
        })
      })
      noted = true
    }),
    recent: (most, before, asked = {}) =>
      records.read((db) =>
        db
          .all<Omit<KeptDecision, "allowed"> & { allowed: number }>(
            `select * from access_decision where seq < $before and role = coalesce($role, role)
               and allowed = coalesce($allowed, allowed) and ($text is null or instr(name || char(10) || action || char(10) || resource, $text) > 0)
             order by seq desc limit $most`,
            {
              before: before ?? Number.MAX_SAFE_INTEGER,
              most,
              role: asked.role ?? null,
              allowed: asked.allowed === undefined ? null : asked.allowed ? 1 : 0,
              text: asked.text ?? null
            }
          )
          .map((row) => ({ ...row, allowed: row.allowed === 1 }))
      ),
    policies: records.read((db) =>
      db
        .all<{ digest: string; document: string; since: number }>("select * from access_policies order by since desc")
        .map(({ digest, document, since }) => ({
          digest,
          since,
          policies: (JSON.parse(document) as Pick<PolicySet, "policies">).policies
        }))
    )
  }
}
