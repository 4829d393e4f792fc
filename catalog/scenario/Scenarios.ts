import { Context, DateTime, Effect, Layer } from "effect"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { Records } from "#core/records/Records.ts"
import type { Db, RecordsError } from "#core/records/Records.ts"
import type { FitScore } from "#pricing/fit/fit.ts"
import { readScenario } from "#pricing/scenario/readScenario.ts"
import type { Scenario } from "#pricing/scenario/Scenario.ts"
import { lifeStateOf } from "../life/lifeStateOf.ts"
import type { ProductVersion } from "../product/ProductVersion.ts"
import { scoreScenario } from "./scoreScenario.ts"

/** A scenario's score on one version. */
export interface ScenarioScore {
  readonly version: ProductVersion
  readonly score: FitScore
}

/** Scenarios as buyers declare them: kept, and scored on every listed version, now and later. */
export class Scenarios extends Context.Service<
  Scenarios,
  {
    /** Stores a scenario, or replaces the one of its name, and scores the newest listed version of every product, best first. */
    declare(
      json: unknown
    ): Effect.Effect<{ readonly scenario: Scenario; readonly scores: ReadonlyArray<ScenarioScore> }, RecordsError>
    /** The stored scores on a product, newest version first, best first. */
    scores(
      product: string
    ): Effect.Effect<ReadonlyArray<{ scenario: string; version: string; fit: number; gate: boolean }>, RecordsError>
  }
>()("catalog/Scenarios") {
  static readonly layer: Layer.Layer<Scenarios, never, Records> = Layer.effect(
    Scenarios,
    Effect.gen(function* () {
      const records = yield* Records
      const declare = Effect.fn("Scenarios.declare")(function* (json: unknown) {
        const at = DateTime.formatIso(yield* DateTime.now)
        return yield* records.write((db) => {
          const scenario = readScenario(json)
          db.run(
            `insert into scenario (name, buyer, document, declared_at) values ($name, $buyer, $document, $at)
             on conflict (name) do update set buyer = excluded.buyer, document = excluded.document, declared_at = excluded.declared_at`,
            { name: scenario.scenario, buyer: scenario.buyer ?? null, document: canonicalJson(scenario), at }
          )
          // Drafts are scored too, for their own index; buyers are told of what is for sale.
          const scores = newestVersions(db)
            .map((version) => ({ version, score: scoreScenario(db, scenario, version, at) }))
            .filter(({ version }) => lifeStateOf(db, version.product) === "listed")
          return { scenario, scores: scores.sort((a, b) => b.score.fit.value - a.score.fit.value) }
        })
      })
      const scores = Effect.fn("Scenarios.scores")((product: string) =>
        records.read((db) =>
          db
            .all<{ scenario: string; version: string; fit: number; gate: number }>(
              `select f.scenario, v.version, f.fit, f.gate from scenario_fit f join product_version v on v.id = f.version_id
               where v.product = $product order by v.seq desc, f.fit desc, f.scenario`,
              { product }
            )
            .map((row) => ({ ...row, gate: row.gate === 1 }))
        )
      )
      return Scenarios.of({ declare, scores })
    })
  )
}

const newestVersions = (db: Db): ReadonlyArray<ProductVersion> =>
  db
    .all<{ document: string }>(
      `select document from version_on_sale v
       where seq = (select max(seq) from version_on_sale o where o.product = v.product) order by product`
    )
    .map(({ document }) => JSON.parse(document) as ProductVersion)
