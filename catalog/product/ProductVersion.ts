import type { Released } from "#pricing/evidence/Evidence.ts"
import type { ReleasedQuality } from "#pricing/index/releasedQuality.ts"
import type { Menu } from "#pricing/offer/Menu.ts"
import type { Label } from "#pricing/quote/Explanation.ts"
import type { PricePolicy } from "#pricing/quote/QuoteInputs.ts"

/** One column of a released table, for the dictionary. */
export interface VersionColumn {
  readonly name: string
  readonly label: Label
  readonly type: string
  readonly part: "key" | "measure"
  /** `row`, `subject`, `CNY` (in minor units); empty for a key. */
  readonly unit: string
  readonly note: Label
}

/** The part of a product file that a buyer may read. */
export interface Offering {
  readonly title: Label
  readonly description?: Label
  readonly owner: string
  readonly scenario: {
    readonly purpose: string
    readonly required: ReadonlyArray<string>
    readonly optional: ReadonlyArray<string>
    readonly history?: string
    readonly freshness?: string
  }
  readonly terms: {
    readonly purposes: ReadonlyArray<string>
    readonly onward: boolean
    readonly territory: ReadonlyArray<string>
    readonly retention?: string
  }
}

/** What a release brings to the catalog when its file stands on the shelf. Nothing in it was counted on raw rows. */
export interface VersionDraft {
  readonly product: string
  /** Left out: noisy aggregates. */
  readonly kind?: "synthetic" | "consented"
  /** Of consented rows: who alone may have them, and the last day, ISO. */
  readonly consented?: { readonly recipient: string; readonly until: string }
  readonly offering: Offering
  /** Release period, such as `2026-11`. */
  readonly period: string
  /** The day (UTC, ISO) of the youngest rows: the end of the period, or the day of the release within it. */
  readonly asOf: string
  readonly release: string
  /** SHA-256 of the file `<shelf>/<artefact>.parquet`. */
  readonly artefact: string
  readonly bytes: number
  /** Rows of the released table. */
  readonly rows: Released
  readonly columns: ReadonlyArray<VersionColumn>
  /** The release's certificate as it was signed; shown, never interpreted here. */
  readonly certificate: unknown
  /** H(S) of the released table, from `aggregateDepth`. */
  readonly bits: Released
  /** zCDP loss of the release, from its certificate. */
  readonly rho: Released
  readonly epsilon: number
  readonly delta: number
  readonly currency: string
  readonly policy: PricePolicy
  /** Parts of H(S), and noisy numbers of subjects or rows by value of each key: what a scenario is scored on. */
  readonly keyBits?: Released
  readonly measureBits?: ReadonlyArray<{ readonly name: string; readonly bits: Released }>
  readonly strata?: Readonly<Record<string, ReadonlyArray<{ readonly value: string; readonly size: Released }>>>
  readonly quality?: ReleasedQuality
  /** What the owner declared for the gates. */
  readonly governance?: { readonly steward?: string; readonly classification?: string; readonly sourceOfRight?: string }
  /** What may be bought of it; a version without a menu is sold whole. */
  readonly menu?: Menu
  /** ISO instant. */
  readonly listedAt: string
}

/**
 * An immutable version of a product.
 *
 * `withheld`: the release says nothing above its noise (no rows or no bits), so it has no price; it stays on record because it was
 * charged for.
 */
export interface ProductVersion extends VersionDraft {
  readonly id: string
  /** The period and a running number in it: `2026-11.1`. */
  readonly version: string
  readonly status: "listed" | "withheld"
}
