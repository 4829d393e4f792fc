import { WarehouseError } from "./WarehouseError.ts"

const kinds: ReadonlyArray<readonly [RegExp, WarehouseError["kind"]]> = [
  [/^INTERRUPT/i, "interrupted"],
  [/Could not set lock|Conflicting lock/i, "locked"],
  [
    /No space left|Out of Memory|max_temp_directory_size|Could not (?:write|flush|sync)|failed to (?:write|pin)|File too large|disk/i,
    "full"
  ],
  [/^(?:Parser|Binder|Catalog|Permission|Not implemented) Error/i, "sql"],
  [/^TransactionContext Error|Conflict on/i, "conflict"],
  [/^(?:Conversion|Constraint|Invalid Input|Out of Range|Invalid) Error/i, "value"]
]

/** Maps what the engine threw to our error, dropping every text that may quote a row. */
export function fromEngineError(operation: string, cause: unknown): WarehouseError {
  const text = cause instanceof Error ? cause.message : String(cause)
  const kind = kinds.find(([pattern]) => pattern.test(text))?.[1] ?? "engine"
  const detail = kind === "sql" ? text.split("\n\nLINE")[0]!.slice(0, 600) : ""
  return new WarehouseError({ kind, operation, detail })
}
