/** The figures of a release that was paid for, as they were published: noisy, in the measures' own units. */
export interface ReleasedFigures {
  readonly release: string
  readonly cells: number
  /** per key, in the order of the table */
  readonly keys: Readonly<Record<string, ReadonlyArray<unknown>>>
  /** per measure, in the same order */
  readonly figures: Readonly<Record<string, ReadonlyArray<number>>>
}
