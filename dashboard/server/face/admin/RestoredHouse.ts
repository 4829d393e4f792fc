import { Context, Effect } from "effect"
import { Unavailable } from "#core/Unavailable.ts"
import type { CheckRestored } from "#catalog/backup/runDrill.ts"
import type { ViewsError } from "../../Views.ts"

/** Opens a home that was restored as a house of its own and checks it: only the composition root can build a second house. */
export const RestoredHouse = Context.Reference<CheckRestored<ViewsError, never>>("dashboard/RestoredHouse", {
  defaultValue: () => () =>
    Effect.fail(
      new Unavailable({
        code: "drill.house",
        message: "This server cannot open a second house, so nothing was restored.",
        fix: "Run the drill at the terminal: assay backup FOLDER --drill"
      })
    )
})
