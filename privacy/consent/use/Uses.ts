import { randomBytes } from "node:crypto"
import { closeSync, openSync, readSync } from "node:fs"
import { join } from "node:path"
import { Clock, Context, Effect, Layer } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Home } from "#core/home/Home.ts"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { sha256Hex } from "#core/json/sha256Hex.ts"
import { Log } from "#core/log/Log.ts"
import { folderFiles } from "#core/log/LogFiles.ts"
import { packPresenceSet } from "#core/log/packPresenceSet.ts"
import { presenceValue, proveMembership } from "#core/log/PresenceSet.ts"
import type { PresenceSet } from "#core/log/PresenceSet.ts"
import { Records } from "#core/records/Records.ts"
import type { Db, RecordsError } from "#core/records/Records.ts"
import type { Action } from "../Operation.ts"
import { subjectPseudonym } from "../subjectPseudonym.ts"
import type { UseDocument } from "./UseDocument.ts"
import type { UseBundle, UseProof } from "./UseBundle.ts"

/** What is known of a use before it is sealed. */
export interface UseFacts {
  readonly operation: string
  readonly action: Action
  readonly purpose: string
  readonly recipient: string
  readonly asset: string
  readonly epoch: number
}

/** A use whose set is on the disk; nothing speaks of it before `append`. */
export interface SealedUse {
  readonly document: UseDocument
  /** How many subjects are in the set, without what pads it. */
  readonly touched: number
}

/**
 * Who was touched by what: one entry of the log an operation, with a padded set from which each subject can be shown that they are in it or
 * that they are not.
 */
export class Uses extends Context.Service<
  Uses,
  {
    /** Makes the set of an operation and writes it down; before the transaction that publishes, since two million people take seconds. */
    seal(facts: UseFacts, subjects: Uint32Array): Effect.Effect<SealedUse, RecordsError>
    /** Puts a sealed use into the records and the log, in the transaction that publishes what it speaks of. */
    append(db: Db, use: SealedUse): void
    /** Every operation that touched a subject, newest last, with all that is needed to check it elsewhere. */
    of(subj: number): Effect.Effect<UseBundle, RecordsError>
    /** How many of some subjects an operation touched; whose salt is gone cannot be told any more. */
    present(operation: string, subjects: ReadonlyArray<number>): Effect.Effect<number, RecordsError>
    /** One operation, whether it touched the subject or not. */
    one(subj: number, operation: string): Effect.Effect<UseBundle, RecordsError>
  }
>()("privacy/Uses") {
  static readonly layer: Layer.Layer<Uses, never, Records | Log | Home> = Layer.effect(
    Uses,
    Effect.gen(function* () {
      const records = yield* Records
      const log = yield* Log
      const { path } = yield* Home
      const folder = join(path, "presence")
      const files = folderFiles(folder)

      const seal = Effect.fn("Uses.seal")(function* (facts: UseFacts, subjects: Uint32Array) {
        const sorted = subjects.slice().sort()
        const known = yield* records.read((db) => db.get<{ n: number }>("select count(*) as n from subject")!.n)
        const size = 2 ** Math.max(6, Math.ceil(Math.log2(Math.max(1, known, sorted.length))))
        const values = Buffer.alloc(sorted.length * 32)
        let held = 0
        for (let from = 0; from < sorted.length; from += chunk) {
          const part = sorted.subarray(from, from + chunk)
          const salts = yield* records.read((db) => saltsBetween(db, part[0]!, part.at(-1)!))
          for (const subj of part) {
            const salt = salts.get(subj)
            // Whose salt is gone cannot be touched any more, and nobody could check it.
            if (salt !== undefined) values.set(presenceValue(salt, facts.operation), 32 * held++)
          }
          yield* Effect.yieldNow
        }
        const { root, bytes } = packPresenceSet(values.subarray(0, held * 32), size)
        files.write(`${facts.operation}.set`, bytes)
        files.sync()
        const at = Math.floor((yield* Clock.currentTimeMillis) / 1000)
        const nonce = randomBytes(16).toString("base64url")
        const document: UseDocument = { v: 1, ...facts, at, nonce, set: { size, root } }
        return { document, touched: held } satisfies SealedUse as SealedUse
      })

      const bundle = Effect.fn("Uses.bundle")(function* (subj: number, operation: string | undefined) {
        const head = yield* log.drain
        const { person, documents } = yield* records.read((db) => ({
          person: db.get<{ salt: Uint8Array | null }>("select salt from subject where subj = $subj", { subj }),
          documents: db
            .all<{ document: string }>(
              "select document from consent_use where operation = $operation or $operation is null order by at, operation",
              { operation: operation ?? null }
            )
            .map(({ document }) => document)
        }))
        if (person?.salt == null) return yield* noSubject()
        if (operation !== undefined && documents.length === 0) return yield* noUse()
        const touched: Array<readonly [document: string, member: UseProof["member"]]> = []
        for (const document of documents) {
          const { operation: id, set } = JSON.parse(document) as UseDocument
          const value = presenceValue(person.salt, id).toString("hex")
          const member = withSet(join(folder, `${id}.set`), set, (opened) => proveMembership(opened, value))
          const present = member.neighbours.length === 1 && member.neighbours[0]!.value === value
          if (present || operation !== undefined) touched.push([document, member])
        }
        const places = yield* locate(log, head.size, new Set(touched.map(([document]) => idOf(document))))
        const uses: Array<UseProof> = []
        for (const [document, member] of touched) {
          const { proof } = yield* log.prove(places.get(idOf(document))!, "witnessed")
          uses.push({ document, proof, member })
        }
        return {
          v: 1,
          subject: subjectPseudonym(person.salt),
          salt: Buffer.from(person.salt).toString("hex"),
          key: log.key.verifier,
          uses
        } satisfies UseBundle as UseBundle
      })

      const present = Effect.fn("Uses.present")(function* (operation: string, subjects: ReadonlyArray<number>) {
        const { set, salts } = yield* records.read((db) => ({
          set: db.get<{ document: string }>("select document from consent_use where operation = $operation", {
            operation
          }),
          salts: subjects.flatMap((subj) => [...saltsBetween(db, subj, subj).values()])
        }))
        if (set === undefined) return 0
        return withSet(join(folder, `${operation}.set`), (JSON.parse(set.document) as UseDocument).set, (opened) => {
          const values = salts.map((salt) => presenceValue(salt, operation).toString("hex"))
          return values.filter((value) => proveMembership(opened, value).neighbours[0]?.value === value).length
        })
      })

      return Uses.of({
        seal,
        present,
        append: (db, { document, touched }) => {
          const text = canonicalJson(document)
          db.run(
            "insert into consent_use (operation, document, at, touched) values ($operation, $text, $at, $touched)",
            {
              operation: document.operation,
              text,
              at: document.at,
              touched
            }
          )
          log.append(db, { type: "use", operation: document.operation, commitment: sha256Hex(text) })
        },
        of: (subj) => bundle(subj, undefined),
        one: bundle
      })
    })
  )
}

const chunk = 4096

function saltsBetween(db: Db, low: number, high: number): ReadonlyMap<number, Uint8Array> {
  const rows = db.all<{ subj: number; salt: Uint8Array }>(
    "select subj, salt from subject where subj between $low and $high and salt is not null",
    { low, high }
  )
  return new Map(rows.map(({ subj, salt }) => [subj, salt]))
}

const idOf = (document: string): string => (JSON.parse(document) as UseDocument).operation

/** Where the log holds the entries of some operations; one pass, from the beginning. */
const locate = Effect.fnUntraced(function* (log: Log["Service"], size: number, wanted: ReadonlySet<string>) {
  const places = new Map<string, number>()
  for (let from = 0; from < size && places.size < wanted.size; from += chunk) {
    const entries = yield* log.entries(from, chunk)
    entries.forEach((entry, i) => {
      const { type, operation } = JSON.parse(Buffer.from(entry).toString("utf8")) as { type: string; operation: string }
      if (type === "use" && wanted.has(operation)) places.set(operation, from + i)
    })
  }
  return places
})

/** Reads pieces of a set's file, which may be larger than what fits into memory. */
function withSet<A>(file: string, set: UseDocument["set"], use: (set: PresenceSet) => A): A {
  const handle = openSync(file, "r")
  try {
    return use({
      ...set,
      read: (from, length) => {
        const bytes = Buffer.alloc(length)
        readSync(handle, bytes, 0, length, from)
        return bytes
      }
    })
  } finally {
    closeSync(handle)
  }
}

const noSubject = (): BadInput =>
  new BadInput({
    code: "consent.subject",
    message: "There is no subject of this id, or it was erased and nothing can be shown of it any more.",
    fix: "Give the id as it stands in the source."
  })

const noUse = (): BadInput =>
  new BadInput({
    code: "consent.use",
    message: "There is no such operation.",
    fix: "Copy the id from `assay uses --subject ID`."
  })
