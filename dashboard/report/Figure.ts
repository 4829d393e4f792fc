import type { Svg } from "../web/chart/svg.ts"

/** A picture drawn on the server, in the page's colours by CSS variables. */
export interface Figure {
  readonly width: number
  readonly height: number
  readonly body: Svg
}
