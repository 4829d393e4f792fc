import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import type { AssetGraph } from "./AssetGraph.ts"
import { readStatements } from "./readStatements.ts"
import { readTables } from "./readTables.ts"

/** Compares what each asset declares to read with what its SQL really reads; a difference is an error before anything is made. */
export const checkDependencies = Effect.fn("checkDependencies")(function* (graph: AssetGraph) {
  yield* readStatements(graph.order.flatMap(({ sql }) => (typeof sql === "string" ? [sql] : [])))
  for (const asset of graph.order) {
    if (typeof asset.sql !== "string") continue
    const read = yield* readTables(asset.key, asset.sql)
    const undeclared = read.filter((name) => !asset.deps.includes(name))
    const unread = asset.deps.filter((name) => !read.includes(name))
    if (undeclared.length === 0 && unread.length === 0) continue
    return yield* new BadInput({
      code: "asset.dependencies",
      message: [
        undeclared.length > 0 ? `${asset.key} reads ${undeclared.join(", ")} without declaring it.` : "",
        unread.length > 0 ? `${asset.key} declares ${unread.join(", ")} and never reads it.` : ""
      ]
        .filter((part) => part !== "")
        .join(" "),
      fix: "Make the declared dependencies and the tables named in the SQL the same.",
      where: { asset: asset.key }
    })
  }
})
