import { canonicalJson } from "#core/json/canonicalJson.ts"
import type { Log } from "#core/log/Log.ts"
import type { Db } from "#core/records/Records.ts"
import { commitmentOf } from "./freezeSubject.ts"

interface Frozen {
  readonly subj: number
  readonly operation: string
  readonly salt: Uint8Array
}

/**
 * Makes WITHDRAWN of FROZEN for all that were frozen up to an epoch, with an acknowledgement in the log that each can check. The change has no
 * epoch of its own: nobody's rows come or go by it.
 */
export function settleFrozen(db: Db, log: Log["Service"], epoch: number, now: number): number {
  const frozen = db.all<Frozen>(
    `select s.subj, r.operation, s.salt from subject s
     join consent_revocation r on r.subj = s.subj and r.settled_at is null and r.epoch <= $epoch
     where s.state = 'FROZEN' and s.salt is not null order by r.epoch`,
    { epoch }
  )
  for (const { subj, operation, salt } of frozen) {
    db.run("update subject set state = 'WITHDRAWN' where subj = $subj", { subj })
    db.run("update consent_grant set state = 'WITHDRAWN' where subj = $subj and state = 'FROZEN'", { subj })
    db.run("update consent_revocation set settled_at = $now where operation = $operation", { operation, now })
    const acknowledged = canonicalJson({ v: 1, operation, at: now, rebuiltUpTo: epoch })
    log.append(db, { type: "freeze-ack", operation: `${operation}:ack`, commitment: commitmentOf(salt, acknowledged) })
  }
  return frozen.length
}
