import { svg } from "../web/chart/svg.ts"
import type { Svg } from "../web/chart/svg.ts"
import type { Saying } from "./say.ts"

/** Both languages inside an SVG text; the page's switch hides one. */
export const sayInPicture = ({ zh, en }: Saying): Svg =>
  zh === en ? svg`${en}` : svg`<tspan lang="zh">${zh}</tspan><tspan lang="en">${en}</tspan>`
