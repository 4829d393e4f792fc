/**
 * When an asset shall be made without being asked for. `missing`: it, or some of its partitions, were never made · `newly_updated`: something it
 * reads was made after it · `code_changed`: its definition is not the one it was made with · `arrived`: its files are not those that were seen ·
 * `late`: its freshness policy is broken · `cron`: one of the times that five fields name has come (UTC) and was not answered yet.
 */
export type Condition =
  | { readonly is: "missing" | "newly_updated" | "code_changed" | "arrived" | "late" }
  | { readonly is: "cron"; readonly times: string }
  | { readonly all: ReadonlyArray<Condition> }
  | { readonly any: ReadonlyArray<Condition> }
  | { readonly not: Condition }
