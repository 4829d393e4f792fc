import { Clock, Effect } from "effect"
import { Refused } from "#core/Refused.ts"
import { endOf } from "#privacy/consent/guard/declaredTerms.ts"
import { Guard } from "#privacy/consent/guard/Guard.ts"
import { categoriesRead } from "../guard/categoriesRead.ts"
import type { BoundAsset } from "../lineage/BoundAsset.ts"
import { Connections } from "../sources/Connections.ts"
import type { ConsentedDefinition } from "./ConsentedDefinition.ts"

/**
 * Why a release of consented rows cannot be made, from licences and declarations alone: its columns are unclassified or not there, or no
 * licence of this home allows it. Undefined where something may come of it.
 */
export const planConsented = Effect.fn("planConsented")(function* (
  { product, from, spec, purpose, sold, terms }: ConsentedDefinition,
  bound: ReadonlyMap<string, BoundAsset>
) {
  const asset = typeof from === "string" ? from : `feature.${product}`
  const refuse = (code: string, what: string, fix: string): Refused =>
    new Refused({
      code: `release.${code}`,
      message: what,
      fix,
      where: { asset: `release.${product}` }
    })
  const known = bound.get(asset)?.columns ?? []
  const strange = known.length === 0 ? [] : spec.columns.filter((column) => !known.some(({ name }) => name === column))
  if (strange.length > 0) {
    return refuse("columns", `${asset} has no column ${strange.slice(0, 5).join(", ")}.`, "Name columns that it has.")
  }
  const { categories, unclassified } = categoriesRead(bound, asset, spec.columns, yield* (yield* Connections).all)
  if (unclassified.length > 0) {
    const message = `${unclassified.slice(0, 5).join(", ")} comes from fields without a category, and what is unclassified stays inside.`
    return refuse("unclassified", message, "Give the field a category in the source file, or leave the column out.")
  }
  const asOf = Math.floor((yield* Clock.currentTimeMillis) / 1000)
  const until = endOf(spec.until)
  const allowed =
    until > asOf &&
    (yield* (yield* Guard).allowsAny({
      actions: sold ? ["share", "sell"] : ["share"],
      purpose,
      recipient: spec.recipient,
      categories,
      evidence: 2,
      terms: { ...terms, k: 1 },
      asOf,
      until
    }))
  return allowed
    ? undefined
    : refuse(
        "licence",
        `No subject allows that ${spec.recipient} gets these columns for ${purpose} until ${spec.until}.`,
        "Ask the subjects for a grant, or change recipient, columns or the end to what they allow."
      )
})
