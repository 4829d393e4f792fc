import { Unavailable } from "../Unavailable.ts"
import type { WarehouseError } from "./WarehouseError.ts"

/** What a person can mend about a failure of the engine: space, another process. Anything else is a bug and stays what it is. */
export function explainWarehouseError(error: WarehouseError): Unavailable | WarehouseError {
  switch (error.kind) {
    case "full":
      return new Unavailable({
        code: "warehouse.full",
        message: "The disk or the memory ran out while the warehouse was working; nothing was half-published.",
        fix: "Free space where the home folder lies, then run again: what was finished is kept."
      })
    case "locked":
      return new Unavailable({
        code: "warehouse.locked",
        message: "Another process holds the warehouse of this home and does not take verbs over.",
        fix: "Wait until that run has ended, or end it, then try again."
      })
    case "interrupted":
      return new Unavailable({
        code: "warehouse.interrupted",
        message: "The work was interrupted; nothing was half-published.",
        fix: "Run again: what was finished is kept."
      })
    default:
      return error
  }
}
