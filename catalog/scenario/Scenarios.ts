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

/** A scenario as it was declared, and what it was scored on. */
export interface DeclaredScenario {
  readonly scenario: Scenario
  /** ISO instant. */
  readonly declaredAt: string
  readonly fits: ReadonlyArray<{ readonly product: string; readonly fit: number; readonly gate: boolean }>
}

/** Scenarios as buyers declare them: kept, and scored on every listed version, now and later. */
export class Scenarios extends Context.Service<
  Scenarios,
  {
    /** Stores a scenario, or replaces the one of its name, and scores the newest listed version of every product, best first. */
    declare(
      json: unknown
    ): Effect.Effect<{ readonly scenario: Scenario; readonly scores: ReadonlyArray<ScenarioScore> }, RecordsError>
    /** What a buyer declared, newest first, with the score of each on the newest version of every product on sale, best first. */
    of(buyer: string): Effect.Effect<ReadonlyArray<DeclaredScenario>, RecordsError>
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
      const of = Effect.fn("Scenarios.of")((buyer: string) => records.read((db) => declaredBy(db, buyer)))
      return Scenarios.of({ declare, scores, of })
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

const declaredBy = (db: Db, buyer: string): ReadonlyArray<DeclaredScenario> =>
  db
    .all<{ name: string; document: string; declaredAt: string }>(
      `select name, document, declared_at as declaredAt from scenario where buyer = $buyer
       order by declared_at desc, name limit 20`,
      { buyer }
    )
    .map(({ name, document, declaredAt }) => ({
      scenario: JSON.parse(document) as Scenario,
      declaredAt,
      fits: db
        .all<{ product: string; fit: number; gate: number }>(
          `select v.product, f.fit, f.gate from scenario_fit f join version_on_sale v on v.id = f.version_id
           join product_life l on l.product = v.product and l.state = 'listed'
           where f.scenario = $name and v.seq = (select max(seq) from version_on_sale o where o.product = v.product)
           order by f.fit desc, v.product`,
          { name }
        )
        .map((row) => ({ ...row, gate: row.gate === 1 }))
    }))
