import type { Label } from "#pricing/quote/Explanation.ts"

/** What a version promises its buyers: columns, terms, how fresh it is and how near to the truth. */
export interface Contract {
  readonly kind: "dp_aggregate" | "synthetic" | "consented"
  readonly columns: ReadonlyArray<{ readonly name: string; readonly type: string; readonly unit: string }>
  readonly purposes: ReadonlyArray<string>
  readonly territory: ReadonlyArray<string>
  readonly onward: boolean
  /** Days that a buyer may keep it; null: as long as they like. */
  readonly retentionDays: number | null
  /** Days from one version to the next; null: not promised. */
  readonly freshnessDays: number | null
  /** Half width of the 95 % interval of each figure. */
  readonly halfWidths: Readonly<Record<string, number>>
  /** Of consented rows: who alone may have them. */
  readonly recipient: string | null
}

/** What a version is against the one before it. */
export type ContractLevel = "first" | "breaking" | "minor" | "patch"

/** How a contract differs from the one before: the level is that of the gravest reason. */
export interface ContractChange {
  readonly level: ContractLevel
  readonly reasons: ReadonlyArray<Label>
}
