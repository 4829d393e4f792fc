import { BadInput } from "#core/BadInput.ts"
import { recordableItems } from "./recordableItems.ts"
import type { Testimony } from "./recordTestimony.ts"

/** @throws BadInput for what the house measures itself, and for a testimony that does not say what, who or for how long */
export function checkTestimony({ item, value, signer, days, note }: Testimony): void {
  if (!recordableItems.has(item)) {
    throw wrong(
      "item",
      `${item.slice(0, 40)} is not for people to vouch for: the house measures it, or there is no such item.`,
      `Use one of ${[...recordableItems].join(", ")}.`
    )
  }
  if (!(value >= 0 && value <= 1))
    throw wrong("value", "The value is not between 0 and 1.", "Write a share such as 0.9; 1 passes a gate.")
  if (!(Number.isInteger(days) && days >= 1 && days <= 365))
    throw wrong("days", "Evidence holds for 1 to 365 days.", "Write --days 180.")
  if (!/^[\p{L}\p{N}_.@-]{1,80}$/u.test(signer))
    throw wrong("by", "Nobody signs this evidence.", "Write --by NAME, without blanks.")
  if (note.trim() === "" || note.length > 500)
    throw wrong(
      "note",
      "The evidence does not say what it is.",
      "Write --note with a sentence of at most 500 characters."
    )
}

const wrong = (field: string, message: string, fix: string): BadInput =>
  new BadInput({ code: `evidence.${field}`, message, fix, where: { field } })
