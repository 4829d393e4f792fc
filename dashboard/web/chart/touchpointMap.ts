import { max } from "d3"
import type { Touchpoints } from "../../api/steward/Touchpoints.ts"
import { stewardChartWords } from "../face/steward/stewardChartWords.ts"
import { formatNumber } from "../format/formatNumber.ts"
import type { Drawing, Look } from "./Drawing.ts"
import { shadeMatrix } from "./shadeMatrix.ts"

/** Draws how many customers are met in which way at which stage. */
export function touchpointMap({ types, stages, subjects }: Touchpoints, look: Look): Drawing {
  const words = stewardChartWords(look.language)
  const most = max(subjects.flat(), (value) => value ?? 0) ?? 0
  const figure = (value: number): string => formatNumber(value, look.language, 4, "short")
  return shadeMatrix(
    {
      title: words.touchpoints,
      note: words.touchpointsNote,
      rows: types,
      columns: stages,
      values: subjects,
      most,
      figure,
      none: words.few,
      legend: [words.little, words.most(figure(most))],
      rowsAre: words.way
    },
    look
  )
}
