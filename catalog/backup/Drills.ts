import { Context, DateTime, Effect, Layer } from "effect"
import { newId } from "#core/ids/newId.ts"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { sha256Hex } from "#core/json/sha256Hex.ts"
import { Log } from "#core/log/Log.ts"
import { Records } from "#core/records/Records.ts"
import type { RecordsError } from "#core/records/Records.ts"
import type { HomeCheck } from "./checkHome.ts"

/** A backup that was restored into a folder of its own, and what the checks found there. */
export interface Drill extends HomeCheck {
  readonly id: string
  /** ISO instant. */
  readonly at: string
  /** Of the backup. */
  readonly files: number
  readonly bytes: number
  readonly seconds: number
}

/** The restore drills of a home: evidence that its backups can be restored. */
export class Drills extends Context.Service<
  Drills,
  {
    /** Keeps a drill and commits to it in the log. */
    record(drill: Omit<Drill, "id" | "at">): Effect.Effect<Drill, RecordsError>
    /** Newest first. */
    readonly list: Effect.Effect<ReadonlyArray<Drill>, RecordsError>
  }
>()("catalog/Drills") {
  static readonly layer: Layer.Layer<Drills, never, Records | Log> = Layer.effect(
    Drills,
    Effect.gen(function* () {
      const records = yield* Records
      const log = yield* Log
      return Drills.of({
        record: Effect.fn("Drills.record")(function* (given: Omit<Drill, "id" | "at">) {
          const drill: Drill = { id: newId("drl"), at: DateTime.formatIso(yield* DateTime.now), ...given }
          const document = canonicalJson(drill)
          yield* records.write((db) => {
            db.run("insert into restore_drill values ($id, $at, $sound, $document)", {
              id: drill.id,
              at: drill.at,
              sound: drill.sound ? 1 : 0,
              document
            })
            log.append(db, { type: "policy", operation: `restore-drill:${drill.id}`, commitment: sha256Hex(document) })
          })
          return drill
        }),
        list: records.read((db) =>
          db
            .all<{ document: string }>("select document from restore_drill order by at desc")
            .map(({ document }) => JSON.parse(document) as Drill)
        )
      })
    })
  )
}
