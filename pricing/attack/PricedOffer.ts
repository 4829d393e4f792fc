/** Something that can be bought, as an attacker sees it: which cells it gives, how accurately, for how much. */
export interface PricedOffer {
  readonly id: string
  readonly columns: ReadonlyArray<string>
  /** Names of the row strata. */
  readonly rows: ReadonlyArray<string>
  /** Names of the versions; one for a file, several for a subscription. */
  readonly versions: ReadonlyArray<string>
  /** Budget that each cell gets. Purchases add up: the attacker is granted independent noise, also over several accounts. */
  readonly rho: number
  /** Minor units. */
  readonly fen: number
}

/** Purchases that together give all that the target gives, at least as accurately. */
export interface Cover {
  readonly parts: ReadonlyArray<{ readonly offer: string; readonly times: number }>
  readonly fen: number
}
