import { BadInput } from "#core/BadInput.ts"
import { Unavailable } from "#core/Unavailable.ts"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"

/** What the engine could not do with a file, without its words. */
export function engineProblem(file: string, error: WarehouseError): BadInput | Unavailable {
  if (error.kind === "full") {
    return new Unavailable({
      code: "disk.full",
      message: `The disk or the memory is full while ${file} is loaded; nothing of it was landed.`,
      fix: "Free space in the home folder and load again."
    })
  }
  return new BadInput({
    code: "source.unreadable",
    message: `${file} cannot be read as the format it seems to have.`,
    fix: "Check that the export is complete; say the format by its extension and the rest by options.",
    where: { file }
  })
}
