import { Schema } from "effect"

/**
 * The engine could not do a statement. The engine's own words are kept only where they cannot hold a raw value
 * (a statement that does not parse or bind); otherwise `detail` is empty, since conversion and constraint errors quote rows.
 *
 * `kind`: `sql` does not parse or bind · `value` a value does not fit · `conflict` two writers · `full` disk or memory ran out ·
 * `locked` another process holds the file · `interrupted` · `engine` anything else
 */
export class WarehouseError extends Schema.TaggedError<WarehouseError>()("WarehouseError", {
  kind: Schema.Literals(["sql", "value", "conflict", "full", "locked", "interrupted", "engine"]),
  operation: Schema.String,
  detail: Schema.String
}) {
  override get message(): string {
    return `The warehouse could not ${this.operation} (${this.kind}).${this.detail === "" ? "" : ` ${this.detail}`}`
  }
}
