/** How often an attack was right about some targets. */
export interface Trial {
  readonly hits: number
  readonly n: number
}
