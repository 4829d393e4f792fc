import { BadInput } from "#core/BadInput.ts"

/** The complaint about a run that is not there. */
export const unknownRun = (): BadInput =>
  new BadInput({ code: "run.unknown", message: "There is no such run.", fix: "Choose one in the list of runs." })
