import { Refused } from "#core/Refused.ts"
import type { Mask } from "./Mask.ts"

/**
 * Lets a field be used to filter, sort, join, group or count by only where it is shown as it is: an order or a count by a masked field would tell what
 * the mask keeps. A hidden field and one that does not exist are refused in the same words.
 *
 * @throws Refused `access.field`
 */
export function requirePlain(masks: ReadonlyMap<string, Mask>, names: Iterable<string>): void {
  for (const name of names) {
    if (masks.get(name) === "plain") continue
    throw new Refused({
      code: "access.field",
      message: "A field that is named here cannot be used to choose, order, join, group or count rows.",
      fix: "Use fields that the page shows as they are."
    })
  }
}
