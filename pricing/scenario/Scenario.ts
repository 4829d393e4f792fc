import { Schema } from "effect"

/** A field that a use needs: a concept, at a grain where one matters (`month`, `state`), with its weight among the fields. */
export interface WantedField {
  readonly field: string
  readonly grain?: string
  /** Above 0; 1 unless said. */
  readonly weight: number
}

/** A buyer's declared use. */
export interface Scenario {
  readonly scenario: string
  /** Who declared it; absent for one that only asks. */
  readonly buyer?: string
  readonly purposes: ReadonlyArray<string>
  readonly required: ReadonlyArray<WantedField>
  readonly optional: ReadonlyArray<WantedField>
  /** The population of interest: shares of the values of one column, and how many subjects or rows it has where that is known. */
  readonly population?: {
    readonly column: string
    readonly shares: Readonly<Record<string, number>>
    readonly size?: number
  }
  readonly historyDays?: number
  readonly freshnessDays?: number
  /** By dimension: what is just useless and what is as good as needed, 0 to 1. */
  readonly quality: Readonly<Record<string, { readonly min: number; readonly goal: number }>>
  /** Fit from which the smallest dataset is good enough. */
  readonly threshold: number
}

const share = Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 }))
const Wanted = Schema.Union([
  Schema.NonEmptyString,
  Schema.Struct({
    field: Schema.NonEmptyString,
    grain: Schema.optionalKey(Schema.NonEmptyString),
    weight: Schema.optionalKey(Schema.Finite.check(Schema.isGreaterThan(0)))
  })
])

/** The document that a scenario is declared in. */
export const ScenarioFile = Schema.Struct({
  scenario: Schema.String.check(
    Schema.isPattern(/^[a-z][a-z0-9_]{0,47}$/, { expected: "a name such as churn_by_region" })
  ),
  buyer: Schema.optionalKey(Schema.NonEmptyString),
  purpose: Schema.optionalKey(Schema.NonEmptyString),
  purposes: Schema.optionalKey(Schema.Array(Schema.NonEmptyString)),
  required: Schema.Array(Wanted),
  optional: Schema.optionalKey(Schema.Array(Wanted)),
  population: Schema.optionalKey(
    Schema.Struct({
      column: Schema.NonEmptyString,
      shares: Schema.Record(Schema.String, share),
      size: Schema.optionalKey(Schema.Finite.check(Schema.isGreaterThan(0)))
    })
  ),
  history: Schema.optionalKey(Schema.String),
  freshness: Schema.optionalKey(Schema.String),
  quality: Schema.optionalKey(Schema.Record(Schema.String, Schema.Struct({ min: share, goal: share }))),
  threshold: Schema.optionalKey(Schema.Finite.check(Schema.isBetween({ minimum: 1, maximum: 100 })))
})
