import type { Permission } from "../../api/steward/Permission.ts"
import { stewardChartWords } from "../face/steward/stewardChartWords.ts"
import { formatShare } from "../format/formatShare.ts"
import type { Drawing, Look } from "./Drawing.ts"
import { shadeMatrix } from "./shadeMatrix.ts"

const bare = (id: string): string => id.slice(id.indexOf(":") + 1)

/** Draws which share of the licences permits which purpose for which category. */
export function coverageMatrix(
  { action, recipient, purposes, categories, shares }: Permission["coverage"],
  look: Look
): Drawing {
  const words = stewardChartWords(look.language)
  return shadeMatrix(
    {
      title: words.coverage(action, recipient),
      note: words.coverageNote,
      rows: purposes.map(bare),
      columns: categories.map(bare),
      values: shares,
      most: 1,
      figure: (share) => formatShare(share, look.language),
      none: words.few,
      legend: [words.little, words.all],
      rowsAre: words.purpose
    },
    look
  )
}
