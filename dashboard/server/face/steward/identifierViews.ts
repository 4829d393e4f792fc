import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { identifierSql } from "#privacy/identifier/identifierSql.ts"
import { Engine } from "#pipelines/engine/Engine.ts"
import { smallestGroup } from "#pipelines/lineage/groupedTrace.ts"
import { Connections } from "#pipelines/sources/Connections.ts"
import { namedKind } from "#pipelines/sources/inspect/namedKind.ts"
import { whileUnchanged } from "../../view/whileUnchanged.ts"
import type { Identifiers } from "../../../api/steward/Identifiers.ts"
import type { IdentifierScan } from "../../../api/steward/IdentifierScan.ts"
import { identifierRules } from "./identifierRules.ts"

/** Categories of what names or reaches somebody. */
const identifying =
  /:(Identifying|Name|OfficialID|Username|Contact|EmailAddress|TelephoneNumber|PhysicalAddress|GPSCoordinate|FinancialAccount|IPAddress)$/

/** The columns of all streams whose name or declared category says that they hold identifiers. */
export const identifiersOf = Effect.fn("identifiersOf")(function* () {
  const engine = yield* Engine
  const facts = yield* engine.facts
  const connected = yield* (yield* Connections).all
  const streams = connected.flatMap(({ spec }) =>
    spec.streams.map((stream) => ({ stream, asset: `raw.${spec.source}__${stream.stream}` }))
  )
  const made = new Set(facts.flatMap(({ asset, made: last }) => (last === undefined ? [] : [asset.key])))
  const all = yield* engine.allColumns
  const columns = streams
    .filter(({ asset }) => made.has(asset))
    .flatMap(({ stream, asset }) =>
      (all.get(asset) ?? []).flatMap(({ name }) => {
        const named = namedKind(name) ?? null
        const category = stream.categories?.[name] ?? null
        const says = named !== null || (category !== null && identifying.test(category))
        return says ? [{ asset, column: name, named, category }] : []
      })
    )
  return { columns, rules: identifierRules } satisfies Identifiers as Identifiers
})

const mostSampled = 5000

/** Counts in a sample of a stream's rows what looks like an identifier, column by column; shares in whole per cent. */
export const scanIdentifiers = Effect.fn("scanIdentifiers")(function* (key: string) {
  const engine = yield* Engine
  const found = (yield* engine.facts).find(({ asset }) => asset.key === key)
  if (found?.asset.kind !== "source" || found.made === undefined) {
    return yield* new BadInput({
      code: "asset.unknown",
      message: "There is no such stream, or nothing of it was loaded yet.",
      fix: "Choose one of the streams that were loaded."
    })
  }
  return yield* whileUnchanged(engine, `identifiers ${key}`, found.made.dataVersion, scanned(key))
})

const scanned = Effect.fnUntraced(function* (key: string) {
  const warehouse = yield* Warehouse
  const columns = yield* (yield* Engine).columns(key)
  const kinds = Object.entries(identifierSql)
  const table = quoteIdentifier("raw", key.slice("raw.".length))
  // One question for all columns, and each text is looked at once: the tests are long to plan and to run.
  const texts = columns.map(
    ({ name }, i) =>
      `(select ${i} as i, trim(${quoteIdentifier(name)}::varchar) as t from ${table} where ${quoteIdentifier(name)} is not null limit ${mostSampled})`
  )
  const tests = kinds.map(
    ([kind, sql]) => `coalesce(sum(n) filter (where ${sql}), 0)::bigint as ${quoteIdentifier(kind)}`
  )
  const rows =
    texts.length === 0
      ? []
      : yield* warehouse.query<Record<string, number>>(
          `select i as _column, sum(n)::bigint as _all, ${tests.join(", ")}
           from (select i, t, count(*) as n from (${texts.join(" union all ")}) group by i, t) group by i order by i`
        )
  const counts = rows.map((row) => {
    const all = row["_all"]!
    const found = kinds.flatMap(([kind]) => {
      const n = row[kind]!
      return n < smallestGroup ? [] : [{ kind, share: Math.round((100 * n) / all) / 100 }]
    })
    return { all, column: columns[row["_column"]!]!.name, found }
  })
  return {
    asset: key,
    sampled: Math.max(0, ...counts.map(({ all }) => all)),
    columns: counts
      .filter((one) => one.found.length > 0)
      .map(({ column, found: kindsFound }) => ({ column, found: kindsFound }))
  } satisfies IdentifierScan as IdentifierScan
})
