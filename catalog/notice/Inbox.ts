import { Context, DateTime, Effect, Layer } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Records } from "#core/records/Records.ts"
import type { Db, RecordsError } from "#core/records/Records.ts"
import type { Notice } from "./Notice.ts"

/** What each buyer was told of the products that they are entitled to. */
export class Inbox extends Context.Service<
  Inbox,
  {
    /** Newest first, at most 500. */
    list(buyer: string, onlyUnread?: boolean): Effect.Effect<ReadonlyArray<Notice>, RecordsError>
    /** Marks a notice as read; another buyer's is as unknown as one that never was. */
    read(buyer: string, id: string): Effect.Effect<Notice, RecordsError>
  }
>()("catalog/Inbox") {
  static readonly layer: Layer.Layer<Inbox, never, Records> = Layer.effect(
    Inbox,
    Effect.gen(function* () {
      const records = yield* Records
      return Inbox.of({
        list: Effect.fn("Inbox.list")((buyer: string, onlyUnread = false) =>
          records.read((db) =>
            db
              .all<Row>(
                `${select} where buyer = $buyer and ($all = 1 or read_at is null) order by seq desc limit 500`,
                {
                  buyer,
                  all: onlyUnread ? 0 : 1
                }
              )
              .map(noticeOf)
          )
        ),
        read: Effect.fn("Inbox.read")(function* (buyer: string, id: string) {
          const at = DateTime.formatIso(yield* DateTime.now)
          return yield* records.write((db) => markRead(db, buyer, id, at))
        })
      })
    })
  )
}

type Row = Omit<Notice, "text" | "facts"> & { readonly text: string; readonly facts: string }

const select = "select id, buyer, kind, product, version, at, text, facts, read_at as readAt from notice"

const noticeOf = (row: Row): Notice => ({
  ...row,
  text: JSON.parse(row.text) as Notice["text"],
  facts: JSON.parse(row.facts) as Notice["facts"]
})

function markRead(db: Db, buyer: string, id: string, at: string): Notice {
  db.run("update notice set read_at = coalesce(read_at, $at) where id = $id and buyer = $buyer", { id, buyer, at })
  const row = db.get<Row>(`${select} where id = $id and buyer = $buyer`, { id, buyer })
  if (row !== undefined) return noticeOf(row)
  throw new BadInput({
    code: "notice.unknown",
    message: `There is no notice ${id.slice(0, 60)} in this inbox.`,
    fix: "assay inbox BUYER lists what is there.",
    where: { field: "notice" }
  })
}
