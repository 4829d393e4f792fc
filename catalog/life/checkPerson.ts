import { BadInput } from "#core/BadInput.ts"

/** @throws BadInput for a name that nobody could be held to */
export function checkPerson(by: string): void {
  if (/^[\p{L}\p{N}_.@-]{1,80}$/u.test(by)) return
  throw new BadInput({
    code: "life.by",
    message: "Nobody takes this decision.",
    fix: "Write --by NAME, without blanks.",
    where: { field: "by" }
  })
}

/** @throws BadInput for a reason that is no line of text */
export function checkReason(reason: string): void {
  if (/^[^\p{Cc}\p{Cs}]{0,500}$/u.test(reason)) return
  throw new BadInput({
    code: "life.reason",
    message: "The reason is longer than 500 characters or has characters that cannot be printed.",
    fix: "Write one line.",
    where: { field: "reason" }
  })
}
