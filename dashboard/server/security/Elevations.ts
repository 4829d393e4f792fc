import { Clock, Context, Effect, Layer } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Home } from "#core/home/Home.ts"
import { newId } from "#core/ids/newId.ts"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { Log } from "#core/log/Log.ts"
import { Records } from "#core/records/Records.ts"
import type { Db, RecordsError } from "#core/records/Records.ts"
import { Refused } from "#core/Refused.ts"
import type { Role } from "../../api/Role.ts"

const hourMillis = 60 * 60_000
/** An elevation that nobody approved for a day is forgotten. */
const openMillis = 24 * hourMillis

/** A role that is lent to an account for some hours. */
export interface Elevation {
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly reason: string
  readonly hours: number
  readonly askedAt: number
  readonly approvedBy: string | null
  readonly endsAt: number | null
  readonly state: "asked" | "active" | "ended"
}

/** Roles lent for at most 8 hours, with a reason, by somebody else than who asks; logged, and gone by themselves. */
export class Elevations extends Context.Service<
  Elevations,
  {
    readonly list: Effect.Effect<ReadonlyArray<Elevation>, RecordsError>
    ask(
      what: { readonly role: Role; readonly reason: string; readonly hours: number },
      by: string
    ): Effect.Effect<string, RecordsError>
    approve(id: string, by: string): Effect.Effect<void, RecordsError>
    /** An elevation of an account that may be used now. */
    active(id: string, name: string): Effect.Effect<Elevation & { readonly endsAt: number }, RecordsError>
    /** Ends it and the sessions that use it; by who has it, or by an admin. */
    end(id: string, by: { readonly name: string; readonly role: Role }): Effect.Effect<void, RecordsError>
  }
>()("dashboard/Elevations") {
  static readonly layer: Layer.Layer<Elevations, never, Home | Log | Records> = Layer.effect(
    Elevations,
    Effect.gen(function* () {
      return Elevations.of(serve(yield* Records, yield* Log, yield* Home))
    })
  )
}

interface Row {
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly reason: string
  readonly hours: number
  readonly asked_at: number
  readonly approved_by: string | null
  readonly ends_at: number | null
  readonly ended_at: number | null
}

const elevationOf = (row: Row, now: number): Elevation => ({
  id: row.id,
  name: row.name,
  role: row.role,
  reason: row.reason,
  hours: row.hours,
  askedAt: row.asked_at,
  approvedBy: row.approved_by,
  endsAt: row.ends_at,
  state:
    row.ended_at !== null || (row.ends_at ?? row.asked_at + openMillis) <= now
      ? "ended"
      : row.approved_by === null
        ? "asked"
        : "active"
})

function serve(records: Records["Service"], log: Log["Service"], home: Home["Service"]): Elevations["Service"] {
  const note = (db: Db, what: "elevated" | "elevation-ended", row: Row, at: number): void =>
    log.append(db, {
      type: "access-grant",
      operation: `${what}:${row.id}`,
      commitment: home.hmac(
        "access-grant",
        canonicalJson([what, row.id, row.name, row.role, row.reason, row.hours, at])
      )
    })
  const find = (db: Db, id: string): Row => {
    const row = db.get<Row>("select * from elevation where id = $id", { id })
    if (row === undefined) throw unknown()
    return row
  }
  return {
    list: Effect.flatMap(Clock.currentTimeMillis, (now) =>
      records.read((db) =>
        db.all<Row>("select * from elevation order by asked_at desc limit 200").map((row) => elevationOf(row, now))
      )
    ),
    ask: Effect.fn("Elevations.ask")(function* ({ role, reason, hours }, by) {
      const now = yield* Clock.currentTimeMillis
      const id = newId("elv")
      yield* records.write((db) =>
        db.run(
          "insert into elevation (id, name, role, reason, hours, asked_at) values ($id, $by, $role, $reason, $hours, $now)",
          { id, by, role, reason, hours, now }
        )
      )
      return id
    }),
    approve: Effect.fn("Elevations.approve")(function* (id, by) {
      const now = yield* Clock.currentTimeMillis
      yield* records.write((db) => {
        const row = find(db, id)
        if (row.name === by) throw other()
        if (elevationOf(row, now).state !== "asked") throw over()
        db.run("update elevation set approved_by = $by, approved_at = $now, ends_at = $ends where id = $id", {
          id,
          by,
          now,
          ends: now + row.hours * hourMillis
        })
        note(db, "elevated", row, now)
      })
    }),
    active: Effect.fn("Elevations.active")(function* (id, name) {
      const now = yield* Clock.currentTimeMillis
      const row = yield* records.read((db) => find(db, id))
      if (row.name !== name) return yield* unknown()
      const found = elevationOf(row, now)
      if (found.state !== "active" || found.endsAt === null) return yield* over()
      return { ...found, endsAt: found.endsAt }
    }),
    end: Effect.fn("Elevations.end")(function* (id, by) {
      const now = yield* Clock.currentTimeMillis
      yield* records.write((db) => {
        const row = find(db, id)
        if (row.name !== by.name && by.role !== "admin") throw unknown()
        if (elevationOf(row, now).state === "ended") throw over()
        db.run("update elevation set ended_at = $now where id = $id", { id, now })
        db.run("delete from session where elevation = $id", { id })
        note(db, "elevation-ended", row, now)
      })
    })
  }
}

const unknown = (): BadInput =>
  new BadInput({
    code: "elevation.unknown",
    message: "There is no such elevation.",
    fix: "See the list of elevations."
  })

const other = (): Refused =>
  new Refused({
    code: "access.second",
    message: "Who asks for an elevation does not approve it.",
    fix: "Ask another admin to approve it."
  })

const over = (): Refused =>
  new Refused({
    code: "elevation.closed",
    message: "This elevation is not open: it waits for approval, was decided on, or has ended.",
    fix: "Ask for a new one."
  })
