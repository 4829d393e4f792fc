import { Clock, Effect } from "effect"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { sha256Hex } from "#core/json/sha256Hex.ts"
import { Refused } from "#core/Refused.ts"
import { Guard } from "#privacy/consent/guard/Guard.ts"
import type { Action, Evidence, ProductTerms } from "#privacy/consent/Operation.ts"
import { assetGraph } from "../engine/AssetGraph.ts"
import { Definitions } from "../engine/Definitions.ts"
import { bindMade } from "../lineage/bindMade.ts"
import { Connections } from "../sources/Connections.ts"
import { categoriesRead } from "./categoriesRead.ts"
import { rememberUse } from "./rememberUse.ts"

/** What a release does with the rows it is made from. */
export interface ReleaseUse {
  readonly product: string
  /** The asset that is protected or shared. */
  readonly asset: string
  readonly actions: ReadonlyArray<Action>
  readonly purpose: string
  readonly recipient: string
  readonly evidence: Evidence
  /** The columns whose contents go out, of the asset named here: the released table itself, or the protected one. */
  readonly columns: { readonly of: string; readonly names: ReadonlyArray<string> }
  readonly terms: ProductTerms
  /** Second through which the licences must stay in force. */
  readonly until?: number
  readonly run: string
}

/**
 * A view of the rows that a release may use, until the scope closes. What was read is remembered before it is read.
 *
 * @throws Refused where a column that goes out is unclassified, or where no row may be used
 */
export const guardRelease = Effect.fn("guardRelease")(function* (use: ReleaseUse) {
  const { product, asset, actions, purpose, recipient, evidence, columns, run, until, terms } = use
  const { order } = assetGraph(yield* (yield* Definitions).load)
  const { bound } = yield* bindMade(order, () => undefined)
  const { categories, unclassified } = categoriesRead(bound, columns.of, columns.names, yield* (yield* Connections).all)
  if (unclassified.length > 0) return yield* inside(product, unclassified)
  const guard = yield* Guard
  const asOf = Math.floor((yield* Clock.currentTimeMillis) / 1000)
  const permit = yield* guard.decide({
    actions,
    purpose,
    recipient,
    categories,
    evidence,
    asOf,
    terms,
    ...(until === undefined ? {} : { until })
  })
  const [schema, name] = asset.split(/\.(.*)/s)
  const relation = [schema!, name!] as const
  const view = yield* guard.scan(permit, relation)
  const planDigest = sha256Hex(canonicalJson({ ...use, run: null }))
  const { rowsIn, rowsOut, denied, overtaken } = yield* rememberUse(permit, {
    asset: `release.${product}`,
    run,
    relations: [relation],
    planDigest
  })
  if (rowsIn > 0 && rowsOut === 0) return yield* nobody(use, Object.keys(denied))
  return { view, permit, overtaken }
})

const inside = (product: string, columns: ReadonlyArray<string>): Refused =>
  new Refused({
    code: "release.unclassified",
    message: `${product} would let ${columns.slice(0, 5).join(", ")} out, which is made from fields without a category; what is unclassified stays inside.`,
    fix: "Give the field a category in the source file (categories:), or leave the column out.",
    where: { asset: `release.${product}` }
  })

const nobody = ({ product, purpose, recipient, actions }: ReleaseUse, reasons: ReadonlyArray<string>): Refused =>
  new Refused({
    code: "release.licence",
    message: `${product} was not made: no record's licence allows to ${actions.join(" and ")} it for ${purpose} to ${recipient} (${reasons.join(", ")}).`,
    fix: "Ask the subjects, or change the product's purpose, columns or recipient to what they allow.",
    where: { asset: `release.${product}` }
  })
