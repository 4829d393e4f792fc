import { Effect } from "effect"
import { Records } from "#core/records/Records.ts"
import type { RecordsError } from "#core/records/Records.ts"

/** A passkey that may sign grants of a subject. */
export interface SigningPasskey {
  readonly id: string
  /** SHA-256 of its id, under which a grant names it. */
  readonly digest: string
}

/** The passkeys of an account that may sign grants of a subject, the one used last first. */
export const passkeysOf = (
  name: string,
  subj: number
): Effect.Effect<ReadonlyArray<SigningPasskey>, RecordsError, Records> =>
  Records.use((records) =>
    records.read((db) =>
      db.all<SigningPasskey>(
        `select id, digest from passkey where name = $name and subject = $subj
         order by coalesce(used_at, created_at) desc`,
        { name, subj }
      )
    )
  )
