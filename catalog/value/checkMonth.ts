import { BadInput } from "#core/BadInput.ts"

/** @throws BadInput if this is no month such as `2026-11` */
export function checkMonth(month: string, field = "month"): void {
  if (/^\d{4}-(?:0[1-9]|1[0-2])$/.test(month)) return
  throw new BadInput({
    code: `flag.${field}`,
    message: `${month.slice(0, 20)} is no month.`,
    fix: "Write it as 2026-11.",
    where: { field }
  })
}

/** @throws BadInput if the month has not ended */
export function checkEnded(month: string, now: string): void {
  checkMonth(month)
  if (month < now.slice(0, 7)) return
  throw new BadInput({
    code: "month.open",
    message: `${month} has not ended: what it comes to is not known yet.`,
    fix: "Wait for the first day of the next month.",
    where: { field: "month" }
  })
}
