import { randomBytes } from "node:crypto"
import { Context, DateTime, Effect, Layer } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Home } from "#core/home/Home.ts"
import { newId } from "#core/ids/newId.ts"
import { Log } from "#core/log/Log.ts"
import { Records } from "#core/records/Records.ts"
import type { RecordsError } from "#core/records/Records.ts"
import type { ApiKey, KeyScope } from "./ApiKey.ts"
import { hashOf, readKey, readKeys } from "./readKey.ts"
import { readHolder } from "./readHolder.ts"

/** What a key is made with. */
export interface KeyRequest {
  /** A paid order or an open trial. */
  readonly holder: string
  readonly days: number
  readonly scopes: ReadonlyArray<KeyScope>
}

/** Keys of the per-call API: one recipient each, shown once, with an expiry, and taken back one by one. */
export class ApiKeys extends Context.Service<
  ApiKeys,
  {
    /** Makes a key for what an order or a trial entitles to; its token is shown here and never again. */
    add(request: KeyRequest): Effect.Effect<ApiKey & { readonly token: string }, RecordsError>
    /** Of one buyer, or of all, newest first. */
    list(buyer?: string): Effect.Effect<ReadonlyArray<ApiKey>, RecordsError>
    /** Ends a key at once. Repeating it changes nothing. */
    revoke(id: string): Effect.Effect<ApiKey, RecordsError>
  }
>()("catalog/ApiKeys") {
  static readonly layer: Layer.Layer<ApiKeys, never, Records | Log | Home> = Layer.effect(
    ApiKeys,
    Effect.gen(function* () {
      const records = yield* Records
      const log = yield* Log
      const home = yield* Home

      const add = Effect.fn("ApiKeys.add")(function* ({ holder, days, scopes }: KeyRequest) {
        const now = yield* DateTime.now
        const [createdAt, expiresAt] = [DateTime.formatIso(now), DateTime.formatIso(DateTime.add(now, { days }))]
        return yield* records.write((db) => {
          checkRequest(days, scopes)
          const { buyer, version } = readHolder(db, holder, createdAt)
          const [id, name] = [newId("key"), newId("ak").slice(0, 11)]
          const token = `${name}_${randomBytes(32).toString("base64url")}`
          db.run(
            `insert into api_key values ($id, $name, $hash, $holder, $buyer, $product, $scopes, $createdAt, $expiresAt, null, null)`,
            {
              id,
              name,
              hash: hashOf(token),
              holder,
              buyer,
              product: version.product,
              scopes: [...new Set(scopes)].join(" "),
              createdAt,
              expiresAt
            }
          )
          log.append(db, { type: "access-grant", operation: id, commitment: home.hmac("api-key", `${id} ${holder}`) })
          return { ...readKey(db, id), token }
        })
      })

      const revoke = Effect.fn("ApiKeys.revoke")(function* (id: string) {
        const now = DateTime.formatIso(yield* DateTime.now)
        return yield* records.write((db) => {
          if (readKey(db, id).revokedAt === null) {
            db.run("update api_key set revoked_at = $now where id = $id", { id, now })
            log.append(db, { type: "access-grant", operation: id, commitment: home.hmac("revoked", id) })
          }
          return readKey(db, id)
        })
      })

      return ApiKeys.of({
        add,
        revoke,
        list: Effect.fn("ApiKeys.list")((buyer?: string) => records.read((db) => readKeys(db, buyer ?? null)))
      })
    })
  )
}

const known: ReadonlySet<string> = new Set<KeyScope>(["lookup", "usage"])

function checkRequest(days: number, scopes: ReadonlyArray<string>): void {
  if (!(Number.isInteger(days) && days >= 1 && days <= 366))
    throw wrong("days", "A key is good for 1 to 366 days.", "Write, for example, --days 30.")
  if (scopes.length === 0 || scopes.some((scope) => !known.has(scope)))
    throw wrong("scopes", "A key has some of the scopes lookup and usage.", "Write --scopes lookup,usage.")
}

const wrong = (field: string, message: string, fix: string): BadInput =>
  new BadInput({ code: `key.${field}`, message, fix, where: { field } })
