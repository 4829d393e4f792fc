import { Clock, Effect, Layer } from "effect"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { sha256Hex } from "#core/json/sha256Hex.ts"
import { Records } from "#core/records/Records.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { Consent } from "#privacy/consent/Consent.ts"
import { Guard } from "#privacy/consent/guard/Guard.ts"
import { settleLicences } from "#privacy/consent/guard/settleLicences.ts"
import { fence } from "#privacy/consent/revocation/fence.ts"
import { Uses } from "#privacy/consent/use/Uses.ts"
import { BadInput } from "#core/BadInput.ts"
import { Scans } from "../engine/Scans.ts"
import type { GuardedScan } from "../engine/Scans.ts"
import { parseStatement } from "../lineage/parseStatement.ts"
import { printStatement } from "../lineage/printStatement.ts"
import type { QueryNode } from "../lineage/StatementTree.ts"
import { Products } from "../release/Products.ts"
import { licensedStatement } from "./licensedStatement.ts"
import { operationOf } from "./operationOf.ts"
import { rememberUse } from "./rememberUse.ts"
import { tablesIn, throughViews } from "./throughViews.ts"

/** Every read of an asset by an asset, through the guard. */
export const scansLayer = Layer.effect(
  Scans,
  Effect.gen(function* () {
    const guard = yield* Guard
    const products = yield* Products
    const warehouse = yield* Warehouse
    const services = yield* Effect.context<Guard | Warehouse | Records | Consent | Uses>()
    const operation = Effect.fnUntraced(function* (asset: Parameters<typeof operationOf>[0]) {
      const asOf = Math.floor((yield* Clock.currentTimeMillis) / 1000)
      return operationOf(asset, [...(yield* products.definitions), ...(yield* products.consented)], asOf)
    })

    const open: Scans["Service"]["open"] = Effect.fn("Scans.open")(function* (asset, statement, run) {
      const permit = yield* guard.decide(yield* operation(asset))
      const views = new Map<string, readonly [string, string]>()
      const parse = (sql: string) => parseStatement(warehouse, sql, new Set(asset.deps.map((dep) => dep.split(".")[0])))
      const guarded = Effect.fnUntraced(function* (tree: QueryNode, readable: ReadonlySet<string>) {
        const tables = yield* Effect.try({
          try: () => tablesIn(asset.key, tree),
          catch: (cause) => {
            if (cause instanceof BadInput) return cause
            throw cause
          }
        })
        for (const table of tables) {
          if (!readable.has(table)) return yield* outside(asset.key, table)
          if (!views.has(table)) views.set(table, yield* guard.scan(permit, split(table)))
        }
        return yield* printStatement(warehouse, throughViews(tree, views))
      })
      const deps = new Set(asset.deps)
      const tree = yield* parse(statement)
      const sql = yield* guarded(yield* licensedStatement(warehouse, asset.key, statement, tree), deps)
      let overtaken: GuardedScan["overtaken"] = Effect.succeed(false)
      return {
        statement: sql,
        guard: (text) => Effect.flatMap(parse(text), (other) => guarded(other, deps)),
        settle: (table) => settleLicences(warehouse, table),
        fence: (session, table) => Effect.provideContext(fence(session, table, permit.epoch), services),
        overtaken: Effect.suspend(() => overtaken),
        remember: Effect.map(
          Effect.provideContext(
            rememberUse(permit, {
              asset: asset.key,
              run,
              relations: asset.deps.map(split),
              planDigest: sha256Hex(canonicalJson({ statement, deps: asset.deps }))
            }),
            services
          ),
          (remembered) => {
            overtaken = Effect.provideContext(remembered.overtaken, services)
          }
        )
      }
    })

    return Scans.of({
      open,
      version: (asset) => Effect.flatMap(operation(asset), guard.deniedDigest)
    })
  })
)

const split = (key: string): readonly [string, string] => {
  const [schema, name] = key.split(/\.(.*)/s)
  return [schema!, name!]
}

const outside = (asset: string, table: string): BadInput =>
  new BadInput({
    code: "asset.reads",
    message: `The SQL of ${asset} reads ${table.slice(0, 80)}, which is none of the assets it declares.`,
    fix: "Read declared assets only.",
    where: { asset }
  })
