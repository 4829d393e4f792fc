import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Home } from "#core/home/Home.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { NodeServices } from "@effect/platform-node"
import { Effect, Layer } from "effect"

/** A folder that goes away with the scope. */
export const folder = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "assay-sources-"))),
  (path) => Effect.sync(() => rmSync(path, { recursive: true, force: true }))
)

/** A home and a warehouse of their own for one test. */
export const house = Layer.unwrap(
  Effect.map(folder, (path) =>
    Layer.provideMerge(
      Layer.merge(
        Home.layer(path),
        Warehouse.layer({ path: ":memory:", spill: "", directories: [join(path, "tmp")], memory: "1GB" })
      ),
      NodeServices.layer
    )
  )
)
