import type { Matrix } from "../../api/Matrix.ts"
import type { Language } from "../format/Language.ts"
import type { Drawing } from "./Drawing.ts"

/** The pairs of a matrix as a table: rows down, columns across. */
export function matrixTable({ rowField, rows, columns, values }: Matrix, language: Language): Drawing["table"] {
  return {
    head: [language === "en" ? rowField.en : rowField.zh, ...columns],
    rows: rows.map((row, i) => [row, ...values[i]!.map((value) => value ?? "")])
  }
}
