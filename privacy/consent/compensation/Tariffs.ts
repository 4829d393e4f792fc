import { DateTime, Context, Effect, Layer, Schema } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { sha256Hex } from "#core/json/sha256Hex.ts"
import { Log } from "#core/log/Log.ts"
import { Records } from "#core/records/Records.ts"
import type { Db, RecordsError } from "#core/records/Records.ts"
import { categoryTerms, purposeTerms } from "../registry/Registry.ts"
import { Tariff } from "./Tariff.ts"

/** A tariff with who set it, and since when it holds. */
export interface SetTariff {
  readonly tariff: Tariff
  readonly by: string
  /** ISO instant. */
  readonly since: string
}

/** What subjects are paid by: set by a named person, logged, and never changed for what was sold before. */
export class Tariffs extends Context.Service<
  Tariffs,
  {
    /** Sets the tariff from now on. `BadInput` for terms that the registry does not know. */
    set(document: unknown, by: string): Effect.Effect<SetTariff, RecordsError>
    /** Every tariff, oldest first; the one at a moment is the last before it. */
    all(db: Db): ReadonlyArray<SetTariff>
  }
>()("privacy/Tariffs") {
  static readonly layer: Layer.Layer<Tariffs, never, Records | Log> = Layer.effect(
    Tariffs,
    Effect.gen(function* () {
      const records = yield* Records
      const log = yield* Log
      const set = Effect.fn("Tariffs.set")(function* (document: unknown, by: string) {
        const tariff = yield* readTariff(document)
        const since = DateTime.formatIso(yield* DateTime.now)
        const name = by.trim()
        if (name === "" || name.length > 200) return yield* nobody()
        yield* records.write((db) => {
          const text = canonicalJson(tariff)
          db.run("insert into compensation_tariff (document, by, at) values ($text, $name, $since)", {
            text,
            name,
            since
          })
          const { seq } = db.get<{ seq: number }>("select max(seq) as seq from compensation_tariff")!
          log.append(db, { type: "policy", operation: `tariff:${seq}`, commitment: sha256Hex(text) })
        })
        yield* log.drain
        return { tariff, by: name, since } satisfies SetTariff as SetTariff
      })
      return Tariffs.of({
        set,
        all: (db) =>
          db
            .all<{ document: string; by: string; at: string }>(
              "select document, by, at from compensation_tariff order by seq"
            )
            .map(({ document, by, at }) => ({ tariff: JSON.parse(document) as Tariff, by, since: at }))
      })
    })
  )
}

const readTariff = Effect.fnUntraced(function* (document: unknown) {
  const read = Schema.decodeUnknownResult(Tariff, { onExcessProperty: "error" })(document)
  if (read._tag === "Failure") return yield* wrong("does not have the form of a tariff")
  const keys = new Set<string>()
  for (const { category, purpose } of read.success.lines) {
    if (!categoryTerms.has(category))
      return yield* wrong(`names the category ${category.slice(0, 60)}, which is unknown`)
    if (!purposeTerms.has(purpose)) return yield* wrong(`names the purpose ${purpose.slice(0, 60)}, which is unknown`)
    const key = `${category} ${purpose}`
    if (keys.has(key)) return yield* wrong(`has two lines for ${key}`)
    keys.add(key)
  }
  return read.success
})

const wrong = (what: string): BadInput =>
  new BadInput({
    code: "tariff.document",
    message: `The tariff ${what}.`,
    fix: 'Write currency: CNY and lines: [{ category: "dpv-pd:Purchase", purpose: "dpv:MarketResearch", perSale: "0.05" }].',
    where: { field: "tariff" }
  })

const nobody = (): BadInput =>
  new BadInput({
    code: "tariff.by",
    message: "A tariff is set by somebody.",
    fix: "Add --by NAME.",
    where: { field: "by" }
  })
