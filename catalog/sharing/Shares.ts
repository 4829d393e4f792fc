import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto"
import { Context, DateTime, Effect, FileSystem, Layer, Path } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Home } from "#core/home/Home.ts"
import { newId } from "#core/ids/newId.ts"
import { Log } from "#core/log/Log.ts"
import { Records } from "#core/records/Records.ts"
import type { Db, RecordsError } from "#core/records/Records.ts"
import { Refused } from "#core/Refused.ts"
import { Unavailable } from "#core/Unavailable.ts"
import { Noise } from "#privacy/dp/Noise.ts"
import { offerArtefact } from "../delivery/offerArtefact.ts"
import { readEntitled } from "../delivery/readEntitled.ts"
import { readOrder } from "../order/readOrder.ts"
import { recordUsage } from "../usage/recordUsage.ts"
import { shareArtefact } from "./shareArtefact.ts"
import type { ShareArtefact } from "./shareArtefact.ts"

/** One buyer's credential for what one order bought. */
export interface Recipient {
  readonly id: string
  readonly order: string
  readonly buyer: string
  readonly createdAt: string
  readonly expiresAt: string
  readonly revokedAt: string | null
}

/** The credential as it is handed over, once. */
export interface Credential extends Recipient {
  readonly token: string
}

/** The one table that a recipient reads: share and table are named like the product. */
export interface SharedTable extends ShareArtefact {
  readonly recipient: Recipient
  readonly product: string
  /** Counts the product's versions from 1. */
  readonly number: number
  readonly version: string
  readonly listedAt: string
}

/** Open shares of what was bought, by credentials that expire and can be taken back one by one. */
export class Shares extends Context.Service<
  Shares,
  {
    /** Makes a credential for a paid order; its token is shown here and never again. */
    open(order: string, days: number): Effect.Effect<Credential, RecordsError>
    list(order?: string): Effect.Effect<ReadonlyArray<Recipient>, RecordsError>
    /** Ends a credential and every address that was given out under it. */
    revoke(recipient: string): Effect.Effect<Recipient, RecordsError>
    /** Whom a token belongs to. `Refused` if to nobody, or no longer. */
    recognise(token: string): Effect.Effect<Recipient, RecordsError>
    table(recipient: Recipient): Effect.Effect<SharedTable, RecordsError>
    /** Notes a use under the buyer's meter. */
    meter(table: SharedTable, meter: "share.query" | "share.bytes", quantity: number): Effect.Effect<void, RecordsError>
    /** A ticket for the bytes of a table, good for `seconds`; `redeem` gives the file that it opens. */
    ticket(table: SharedTable, seconds: number): Effect.Effect<{ readonly ticket: string; readonly expires: number }>
    redeem(
      ticket: string
    ): Effect.Effect<{ readonly file: string; readonly bytes: number; readonly table: SharedTable }, RecordsError>
  }
>()("catalog/Shares") {
  static readonly layer: Layer.Layer<Shares, never, Records | Log | Home | Noise | FileSystem.FileSystem | Path.Path> =
    Layer.effect(
      Shares,
      Effect.gen(function* () {
        const records = yield* Records
        const log = yield* Log
        const home = yield* Home
        const paths = yield* Path.Path
        const world = yield* Effect.context<Home | Noise | Records | FileSystem.FileSystem | Path.Path>()
        const clock = Effect.map(DateTime.now, DateTime.formatIso)

        const open = Effect.fn("Shares.open")(function* (order: string, days: number) {
          const now = yield* DateTime.now
          const [createdAt, expiresAt] = [DateTime.formatIso(now), DateTime.formatIso(DateTime.add(now, { days }))]
          return yield* records.write((db): Credential => {
            checkDays(days)
            readEntitled(db, order, createdAt)
            const [id, token] = [newId("rcp"), randomBytes(32).toString("base64url")]
            db.run("insert into share_recipient values ($id, $order, $hash, $createdAt, $expiresAt, null)", {
              id,
              order,
              hash: hashOf(token),
              createdAt,
              expiresAt
            })
            log.append(db, {
              type: "access-grant",
              operation: id,
              commitment: home.hmac("recipient", `${id} ${order}`)
            })
            return { ...readRecipient(db, id), token }
          })
        })

        const revoke = Effect.fn("Shares.revoke")(function* (id: string) {
          const now = yield* clock
          return yield* records.write((db) => {
            const { revokedAt } = readRecipient(db, id)
            if (revokedAt === null) {
              db.run("update share_recipient set revoked_at = $now where id = $id", { id, now })
              log.append(db, { type: "access-grant", operation: id, commitment: home.hmac("revoked", id) })
            }
            return readRecipient(db, id)
          })
        })

        const recognise = Effect.fn("Shares.recognise")(function* (token: string) {
          const now = yield* clock
          return yield* records.read((db) => {
            const found = db.get<{ id: string }>("select id from share_recipient where token_hash = $hash", {
              hash: hashOf(token)
            })
            return stillGood(found === undefined ? undefined : readRecipient(db, found.id), now)
          })
        })

        const table = Effect.fn("Shares.table")(
          function* (recipient: Recipient) {
            const now = yield* clock
            const { version, offer } = yield* records.read((db) => readEntitled(db, recipient.order, now))
            const own = offer === undefined ? version.artefact : yield* offerArtefact(version, offer)
            const shared = yield* shareArtefact(own)
            const { number } = yield* records.read((db) =>
              db.get<{ number: number }>(
                `select count(*) as number from product_version
                 where product = $product and seq <= (select seq from product_version where id = $id)`,
                { product: version.product, id: version.id }
              )!
            )
            const { product, listedAt } = version
            return { ...shared, recipient, product, number, version: version.version, listedAt }
          },
          Effect.scoped,
          Effect.provide(world),
          Effect.mapError(toExpected)
        )

        const meter = Effect.fn("Shares.meter")(function* (of: SharedTable, name: string, quantity: number) {
          const now = yield* clock
          const data = { meter: name, product: of.product, version: of.version, quantity }
          yield* records.write((db) =>
            recordUsage(
              db,
              of.recipient.buyer,
              [{ specversion: "1.0", type: "assay.usage", source: of.recipient.id, id: newId("use"), time: now, data }],
              now
            )
          )
        })

        const signature = (body: string): Buffer => createHmac("sha256", home.key).update(`ticket\0${body}`).digest()
        const ticket = Effect.fn("Shares.ticket")(function* (of: SharedTable, seconds: number) {
          const expires = DateTime.toEpochMillis(yield* DateTime.now) + seconds * 1000
          const body = `${of.recipient.id}.${of.artefact}.${expires}`
          return { ticket: `${body}.${signature(body).toString("base64url")}`, expires }
        })

        const redeem = Effect.fn("Shares.redeem")(function* (given: string) {
          const at = given.lastIndexOf(".")
          const [body, mac] = [given.slice(0, Math.max(at, 0)), Buffer.from(given.slice(at + 1), "base64url")]
          const [id, artefact, expires] = body.split(".")
          const own = signature(body)
          const now = yield* DateTime.now
          if (mac.length !== own.length || !timingSafeEqual(mac, own) || DateTime.toEpochMillis(now) >= Number(expires))
            return yield* expired()
          const recipient = yield* records.read((db) => stillGood(readRecipient(db, id!), DateTime.formatIso(now)))
          const of = yield* table(recipient)
          if (of.artefact !== artefact) return yield* expired()
          return { file: paths.join(home.shelf, `${of.artefact}.parquet`), bytes: of.bytes, table: of }
        })

        return Shares.of({
          open,
          list: Effect.fn("Shares.list")((order?: string) =>
            records.read((db) =>
              db.all<Recipient & object>(
                `${select} where r.order_id = coalesce($order, r.order_id) order by r.created_at desc`,
                { order: order ?? null }
              )
            )
          ),
          revoke,
          recognise,
          table,
          meter,
          ticket,
          redeem
        })
      })
    )
}

const hashOf = (token: string): string => createHash("sha256").update(token).digest("hex")

const select = `select r.id, r.order_id as "order", o.buyer, r.created_at as createdAt, r.expires_at as expiresAt,
    r.revoked_at as revokedAt
  from share_recipient r join buyer_order o on o.id = r.order_id`

function readRecipient(db: Db, id: string): Recipient {
  const found = db.get<Recipient & object>(`${select} where r.id = $id`, { id })
  if (found !== undefined) return { ...found, order: readOrder(db, found.order).id }
  throw new BadInput({
    code: "share.unknown",
    message: `There is no recipient ${id.slice(0, 60)}.`,
    fix: "assay share list shows them.",
    where: { field: "recipient" }
  })
}

/** One answer for a wrong, an expired and a revoked token: which of them it is helps only who guesses. */
function stillGood(recipient: Recipient | undefined, now: string): Recipient {
  if (recipient !== undefined && recipient.revokedAt === null && now < recipient.expiresAt) return recipient
  throw new Refused({
    code: "share.token",
    message: "The credential is not known here, has expired or was taken back.",
    fix: "Ask the seller for a new profile file."
  })
}

const expired = (): Refused =>
  new Refused({
    code: "share.ticket",
    message: "The address of the file has expired or was changed.",
    fix: "Query the table again; it gives a fresh address."
  })

function checkDays(days: number): void {
  if (Number.isInteger(days) && days >= 1 && days <= 366) return
  throw new BadInput({
    code: "share.days",
    message: "A credential is good for 1 to 366 days.",
    fix: "Write, for example, --days 30.",
    where: { field: "days" }
  })
}

function toExpected(failure: unknown): RecordsError {
  if (failure instanceof BadInput || failure instanceof Refused || failure instanceof Unavailable) return failure
  return new Unavailable({
    code: "share.disk",
    message: "The shared file could not be made.",
    fix: "Check that the disk of the home folder has space, then query again."
  })
}
