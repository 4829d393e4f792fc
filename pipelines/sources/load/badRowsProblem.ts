import { BadInput } from "#core/BadInput.ts"
import { reasonText } from "../files/Reason.ts"
import type { BadRows } from "./LoadReport.ts"

/** Names the file, its first bad lines with their reasons, and the ways out. */
export function badRowsProblem(source: string, bad: ReadonlyArray<BadRows>): BadInput | null {
  const worst = bad[0]
  if (worst === undefined) return null
  const lines = worst.first.map(({ line, reason }) => `line ${line} ${reasonText[reason]}`).join("; ")
  const others = bad.length > 1 ? ` ${bad.length - 1} more file${bad.length > 2 ? "s have" : " has"} bad rows.` : ""
  const share = Math.min(1, Math.ceil((worst.badRows / Math.max(1, worst.rows)) * 1000) / 1000)
  const encoding = worst.first.some(({ reason }) => reason === "encoding" || reason === "nul")
    ? "set options: { encoding: gb18030 } or the encoding it really has, "
    : ""
  return new BadInput({
    code: "source.bad_rows",
    message:
      `${worst.file}: ${worst.badRows} of ${worst.rows} rows could not be taken (${lines}). ` +
      `They are kept in raw.quarantine; all other rows of ${source} are in.${others}`,
    fix: `Mend the file and load again, ${encoding}or accept the loss with options: { tolerate: ${share} } on ${worst.stream}.`,
    where: { file: worst.file, ...(worst.first[0] === undefined ? {} : { line: worst.first[0].line }) }
  })
}
