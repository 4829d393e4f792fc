import type { Matrix } from "../../api/Matrix.ts"
import type { Language } from "../format/Language.ts"
import type { Drawing } from "./Drawing.ts"
import { shortLabel } from "./shortLabel.ts"

/** The pairs of a matrix as a table: rows down, columns across. */
export function matrixTable({ rowField, rows, columns, values }: Matrix, language: Language): Drawing["table"] {
  return {
    head: [shortLabel(rowField, language), ...columns],
    rows: rows.map((row, i) => [row, ...values[i]!.map((value) => value ?? "")])
  }
}
