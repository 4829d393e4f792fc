import { svg } from "../web/chart/svg.ts"
import type { Svg } from "../web/chart/svg.ts"
import type { Figure } from "./Figure.ts"

/** A figure as an element of a page, named for those who do not see it. */
export const drawFigure = ({ width, height, body }: Figure, name: string): Svg =>
  svg`<svg xmlns="http://www.w3.org/2000/svg" viewBox="${`0 0 ${Math.round(width)} ${Math.round(height)}`}" width="${width}" height="${height}" role="img" aria-label="${name}">${body}</svg>`
