import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { Unavailable } from "#core/Unavailable.ts"

/** Why a home cannot be served a second time, with the address of who serves it. */
export function alreadyHeld(home: string): Unavailable {
  const note = join(home, "serving.port")
  const where = existsSync(note)
    ? `A server serves this home already: http://localhost:${readFileSync(note, "utf8")}.`
    : ""
  return new Unavailable({
    code: "home.held",
    message: where === "" ? "Another process works on this home." : where,
    fix:
      where === ""
        ? "Wait until it has ended, then try again."
        : "Open that address; `assay sign-in ROLE` makes a link."
  })
}
