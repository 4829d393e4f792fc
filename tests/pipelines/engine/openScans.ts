import { Effect, Layer } from "effect"
import { Scans } from "#pipelines/engine/Scans.ts"

/** Lets every row through, for tests of what comes after. Only tests have it. */
export const openScans = Layer.succeed(
  Scans,
  Scans.of({
    version: () => Effect.succeed(""),
    open: (_asset, statement) =>
      Effect.succeed({
        statement,
        guard: (sql: string) => Effect.succeed(sql),
        settle: () => Effect.void,
        fence: () => Effect.succeed(true),
        overtaken: Effect.succeed(false),
        remember: Effect.void
      })
  })
)
