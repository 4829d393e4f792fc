import { Context, Effect } from "effect"
import type { Money } from "#core/money/Money.ts"
import type { RecordsError } from "#core/records/Records.ts"

/** What is known of a listed product before it is made anew. */
export interface ProductImpact {
  readonly version: string
  /** Of the released table, itself a released number. */
  readonly rows: number
  readonly price: Money
  /** The list price once a version of the same depth is published: what age has taken off comes back. */
  readonly expected: Money
}

/** What making a product anew means to those who sell it. Declared here, filled from the catalog by app.ts; undefined for what is not listed. */
export const Impact = Context.Reference<{
  of(product: string): Effect.Effect<ProductImpact | undefined, RecordsError>
}>("pipelines/Impact", { defaultValue: () => ({ of: () => Effect.succeed(undefined) }) })
