import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import type { SynthesisRule } from "#core/release/SynthesisRule.ts"
import type { Params } from "#core/warehouse/Session.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import type { SharedColumn } from "../table/openTables.ts"
import { ruleSql } from "./ruleSql.ts"

/** How often declared rules are broken; a rule is told by its place and its columns, no value of it stands here. */
export interface DeclaredBreaks {
  readonly rules: ReadonlyArray<{
    readonly kind: string
    readonly columns: ReadonlyArray<string>
    /** rows of each file that break it */
    readonly broken: Readonly<Partial<Record<"real" | "synthetic" | "holdout", number>>>
  }>
  /** rows of the synthetic file that break any, and all its rows */
  readonly any: number
  readonly rows: number
}

/** Counts the rows of the opened files that break declared rules: those of the real file say whether a rule is true at all. */
export const declaredBreaks = Effect.fn("declaredBreaks")(function* (
  rules: ReadonlyArray<SynthesisRule>,
  columns: ReadonlyArray<SharedColumn>,
  parts: ReadonlyArray<"real" | "synthetic" | "holdout">
): Effect.fn.Return<DeclaredBreaks, BadInput | WarehouseError, Warehouse> {
  const params: Record<string, Params[string]> = {}
  const compiled: Array<ReturnType<typeof ruleSql>> = []
  for (const [place, rule] of rules.entries()) {
    const own = ruleSql(rule, columns, (value) => {
      const name = `p${Object.keys(params).length}`
      params[name] = value
      return `$${name}`
    })
    if (own.wrong !== undefined) {
      return yield* new BadInput({
        code: "risk.rule",
        message: `Rule ${place + 1} ${own.wrong}`,
        fix: `Correct it in the file of --constraints; the files share the columns ${columns.map(({ name }) => name).join(", ")}.`
      })
    }
    compiled.push(own)
  }
  const { query } = yield* Warehouse
  const counts = compiled.map(({ broken }, place) => `count(*) filter (where ${broken}) as r${place}`)
  const all = ["false", ...compiled.map(({ broken }) => `(${broken})`)].join(" or ")
  const found: Partial<Record<string, Readonly<Record<string, number>>>> = {}
  for (const part of parts) {
    const [row] = yield* query<Record<string, number>>(
      `select ${[...counts, `count(*) filter (where ${all}) as broken`, "count(*) as n"].join(", ")} from core.${part}`,
      params
    )
    found[part] = row!
  }
  return {
    rules: compiled.map(({ kind, columns: names }, place) => ({
      kind,
      columns: names,
      broken: Object.fromEntries(parts.map((part) => [part, found[part]![`r${place}`]!]))
    })),
    any: found["synthetic"]!["broken"]!,
    rows: found["synthetic"]!["n"]!
  }
})
