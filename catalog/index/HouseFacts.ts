/** What an index rests on besides the records: read before the transaction that decides. */
export interface HouseFacts {
  /** Privacy budget left over its cap, 0 to 1. */
  readonly leftShare: number
  /** The version's file stands on the shelf with as many bytes as it was listed with. */
  readonly onShelf: boolean
}
