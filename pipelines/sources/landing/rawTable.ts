import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"

/** The quoted name of a stream's raw table. */
export function rawTable(source: string, stream: string): string {
  return quoteIdentifier("raw", `${source}__${stream}`)
}
