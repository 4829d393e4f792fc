import { createHash, randomBytes } from "node:crypto"
import { Context, DateTime, Effect, Layer } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Home } from "#core/home/Home.ts"
import { newId } from "#core/ids/newId.ts"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { Log } from "#core/log/Log.ts"
import { Records } from "#core/records/Records.ts"
import type { Db } from "#core/records/Records.ts"
import type { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { Engine } from "#pipelines/engine/Engine.ts"
import { Catalog } from "#catalog/product/Catalog.ts"
import type { EmbedMade } from "../../api/embed/EmbedMade.ts"
import type { EmbedRequest } from "../../api/embed/EmbedRequest.ts"
import type { EmbedToken } from "../../api/embed/EmbedToken.ts"
import type { PublicPrice } from "../../api/embed/PublicPrice.ts"
import type { Lineage } from "../../api/Lineage.ts"
import type { ViewsError } from "../Views.ts"
import { lineageOf } from "../view/lineageOf.ts"
import { originOf } from "./originOf.ts"
import { publicListing } from "./publicListing.ts"
import { readEmbed, readEmbeds } from "./readEmbed.ts"

/** Tokens that show a price or a lineage on pages of others, and what they show. */
export class Embeds extends Context.Service<
  Embeds,
  {
    readonly list: Effect.Effect<ReadonlyArray<EmbedToken>, ViewsError>
    /** The secret is shown here and never again. */
    make(request: EmbedRequest, by: string): Effect.Effect<EmbedMade, ViewsError>
    /** Ends a token at once. Repeating it changes nothing. */
    revoke(id: string, by: string): Effect.Effect<EmbedToken, ViewsError>
    /** Whose a secret is, ended ones too; undefined if nobody's. */
    find(secret: string): Effect.Effect<EmbedToken | undefined, ViewsError>
    /** Whether some token is for this origin, or was: all that a browser asks before it sends the token. Who comes with an ended one is told so. */
    admits(origin: string): Effect.Effect<boolean, ViewsError>
    price(product: string): Effect.Effect<PublicPrice, ViewsError>
    lineage(kind: EmbedToken["kind"], target: string): Effect.Effect<Lineage, ViewsError>
  }
>()("dashboard/Embeds") {
  static readonly layer = Layer.effect(
    Embeds,
    Effect.gen(function* () {
      const records = yield* Records
      const log = yield* Log
      const home = yield* Home
      const world = yield* Effect.context<Catalog | Engine | Records | Warehouse>()
      const note = (db: Db, token: EmbedToken, what: string): void =>
        log.append(db, {
          type: "access-grant",
          operation: token.id,
          commitment: home.hmac("embed", canonicalJson([what, token.id, token.kind, token.target, token.origins]))
        })

      const lineage = Effect.fn("Embeds.lineage")(
        (kind: EmbedToken["kind"], target: string) =>
          kind === "asset" ? lineageOf(target) : Effect.andThen(publicListing(target), lineageOf(`release.${target}`)),
        Effect.provide(world)
      )
      const requireShown = (kind: EmbedToken["kind"], target: string): Effect.Effect<void, ViewsError> =>
        kind === "asset"
          ? Effect.asVoid(Effect.provide(lineageOf(target), world))
          : Effect.asVoid(Effect.provide(publicListing(target), world))

      const make = Effect.fn("Embeds.make")(function* ({ kind, target, origins, days }: EmbedRequest, by: string) {
        // What cannot be shown now gets no token.
        yield* requireShown(kind, target)
        const now = yield* DateTime.now
        const secret = `emb_${randomBytes(32).toString("base64url")}`
        const token = yield* records.write((db) => {
          const id = newId("emb")
          db.run(
            `insert into embed_token values ($id, $hash, $kind, $target, $origins, $by, $at, $until, null, null)`,
            {
              id,
              hash: hashOf(secret),
              kind,
              target,
              origins: JSON.stringify([...new Set(origins.map(originOf))]),
              by,
              at: DateTime.formatIso(now),
              until: DateTime.formatIso(DateTime.add(now, { days }))
            }
          )
          const made = readEmbed(db, "id", id, DateTime.formatIso(now))!
          note(db, made, "made")
          return made
        })
        return { secret, token }
      })

      const revoke = Effect.fn("Embeds.revoke")(function* (id: string, by: string) {
        const at = DateTime.formatIso(yield* DateTime.now)
        return yield* records.write((db) => {
          const before = readEmbed(db, "id", id, at)
          if (before === undefined) throw unknown()
          if (before.revokedAt !== null) return before
          db.run("update embed_token set revoked_at = $at, revoked_by = $by where id = $id", { id, at, by })
          note(db, before, "revoked")
          return readEmbed(db, "id", id, at)!
        })
      })

      const reading = <A>(read: (db: Db, now: string) => A): Effect.Effect<A, ViewsError> =>
        Effect.flatMap(DateTime.now, (now) => records.read((db) => read(db, DateTime.formatIso(now))))

      return Embeds.of({
        list: reading(readEmbeds),
        make,
        revoke,
        find: (secret) => reading((db, now) => readEmbed(db, "token_hash", hashOf(secret), now)),
        admits: (origin) => reading((db, now) => readEmbeds(db, now).some(({ origins }) => origins.includes(origin))),
        price: Effect.fn("Embeds.price")(function* (product: string) {
          const { version, price, priceTree, at } = yield* publicListing(product)
          return {
            product,
            title: version.offering.title,
            version: version.version,
            at,
            price,
            priceTree
          } satisfies PublicPrice as PublicPrice
        }, Effect.provide(world)),
        lineage
      })
    })
  )
}

/** What is kept of a secret: it has 256 random bits, so a plain hash is enough. */
const hashOf = (secret: string): string => createHash("sha256").update(secret).digest("hex")

const unknown = (): BadInput =>
  new BadInput({
    code: "embed.unknown",
    message: "There is no such token.",
    fix: "Choose one of those that are listed."
  })
