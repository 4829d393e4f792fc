import { Effect, Layer } from "effect"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { bindSubjects } from "#privacy/consent/guard/bindSubjects.ts"
import { endOf } from "#privacy/consent/guard/declaredTerms.ts"
import { Guard } from "#privacy/consent/guard/Guard.ts"
import { consentLayer } from "./consentLayer.ts"

/** Guard and consent over memory. */
export const guardLayer = Guard.layer.pipe(Layer.provideMerge(Layer.merge(Warehouse.memory, consentLayer)))

/** A licence as a source file declares it. */
export const declared = {
  basis: "contract",
  actions: ["derive", "aggregate", "share", "sell"],
  purposes: ["dpv:MarketResearch", "dpv:ServiceProvision"],
  recipients: ["third-party"],
  expires: "2030-12-31",
  evidence: "E1"
}

/** Binds subjects `s001` to `sN` under declared terms, and makes `core.<table>` with one record of each: `(id, _subj, _lic)`. */
export const landSubjects = Effect.fnUntraced(function* (
  table: string,
  ordinal: number,
  licence: object | null,
  n: number
) {
  const warehouse = yield* Warehouse
  const exp = licence === null ? endOf(undefined) : endOf("2030-12-31")
  yield* warehouse.run("insert into _assay.licence values ($ordinal, $terms)", {
    ordinal,
    terms: JSON.stringify({ licence, categories: {} })
  })
  yield* warehouse.transaction((session) =>
    Effect.gen(function* () {
      yield* bindSubjects(
        session,
        `select 's' || lpad(i::varchar, 3, '0') as id from range(1, ${n + 1}) r(i)`,
        "bound",
        {
          ordinal,
          nbf: 0,
          exp,
          evidence: 1
        }
      )
      yield* session.script(
        `create table core.${table} as select id, subj as _subj, lic as _lic from bound; drop table bound`
      )
    })
  )
})
