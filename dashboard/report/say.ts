import { svg } from "../web/chart/svg.ts"
import type { Svg } from "../web/chart/svg.ts"

/** Words in both languages of the house; a page without a server holds both and shows one. */
export interface Saying {
  readonly zh: string
  readonly en: string
}

/** Both languages as HTML; the page's switch hides one. */
export const say = ({ zh, en }: Saying): Svg =>
  zh === en ? svg`${en}` : svg`<span lang="zh">${zh}</span><span lang="en">${en}</span>`
