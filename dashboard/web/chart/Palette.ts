/** The colours of the charts in one theme. Told apart by people with any of the common colour-vision deficiencies. */
export interface Palette {
  readonly surface: string
  readonly ink: string
  readonly soft: string
  readonly faint: string
  readonly rule: string
  /** What is measured. */
  readonly main: string
  /** What makes it more, and less. */
  readonly up: string
  readonly down: string
  /** The one thing to look at: now, the price, the floor. */
  readonly mark: string
  /** For things of several kinds; never more than five at once. */
  readonly kinds: ReadonlyArray<string>
  /** From nothing to most. */
  readonly ramp: readonly [string, string]
}
