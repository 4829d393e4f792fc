import { generateKeyPairSync, sign } from "node:crypto"
import { Effect, Layer } from "effect"
import { Log } from "#core/log/Log.ts"
import type { LogFiles } from "#core/log/LogFiles.ts"
import { logKeyOf } from "#core/log/LogKey.ts"
import type { LogKey } from "#core/log/LogKey.ts"
import { logMigrations } from "#core/log/migrations.ts"
import { Records } from "#core/records/Records.ts"

/** A log key that exists for one test. */
export function testKey(): LogKey {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519")
  return logKeyOf({
    sign: (text) => sign(null, Buffer.from(text), privateKey).toString("base64url"),
    publicKey: publicKey.export({ type: "spki", format: "pem" }).toString()
  })
}

export const entry = { type: "release", operation: "rel_1", commitment: "00" } as const

/** Runs a body over a log in the given files, with its records in a file or in memory. */
export const withLog = <A, E>(
  files: LogFiles,
  key: LogKey,
  body: Effect.Effect<A, E, Log | Records>,
  recordsFile = ":memory:"
) =>
  body.pipe(
    Effect.provide(Log.over(files, key).pipe(Layer.provideMerge(Records.layer(recordsFile, logMigrations))), {
      local: true
    })
  )

/** Appends entries `rel_<from>` up to, but without, `rel_<to>` in one transaction. */
export const appendRange = (from: number, to: number) =>
  Effect.gen(function* () {
    const records = yield* Records
    const log = yield* Log
    yield* records.write((db) => {
      for (let i = from; i < to; i++) log.append(db, { ...entry, operation: `rel_${i}` })
    })
  })
