import type { Language } from "../format/Language.ts"
import type { Words } from "../words/Words.ts"
import type { Palette } from "./Palette.ts"
import type { Svg } from "./svg.ts"

/** For whom and how wide a chart is drawn. */
export interface Look {
  readonly width: number
  readonly palette: Palette
  readonly language: Language
  readonly words: Words
}

/** A chart as a value: the picture, what it says in words, and the same facts as a table. */
export interface Drawing {
  /** What it shows, with units. */
  readonly title: string
  readonly width: number
  readonly height: number
  /** What stands inside the svg element. */
  readonly body: Svg
  readonly legend?: ReadonlyArray<{ readonly color: string; readonly label: string; readonly dashed?: boolean }>
  readonly note?: string
  readonly table: { readonly head: ReadonlyArray<string>; readonly rows: ReadonlyArray<ReadonlyArray<string | number>> }
}
