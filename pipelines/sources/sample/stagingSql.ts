import { readFileSync } from "node:fs"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import type { Param, Params } from "#core/warehouse/Session.ts"
import { dirt } from "./dirt.ts"

export const streams = [
  "accounts",
  "contacts",
  "products",
  "leads",
  "opportunities",
  "orders",
  "order_lines",
  "subscriptions",
  "tickets",
  "interactions",
  "grants"
] as const

export type SampleStream = (typeof streams)[number]

/**
 * The statement that makes a stream's staging table out of its codes, with exactly the parameters that it names.
 *
 * @throws RangeError when the SQL names a parameter that neither the words nor the stream's dirt has: a bug
 */
export function stagingSql(stream: SampleStream, words: Params): { table: string; sql: string; params: Params } {
  const select = readFileSync(new URL(`./sql/${stream}.sql`, import.meta.url), "utf8")
  const kinds = stream in dirt ? Object.keys(dirt[stream as keyof typeof dirt]) : []
  const params: Record<string, Param> = {}
  for (const [, name] of select.matchAll(/\$(\w+)/g)) {
    const value = name!.startsWith("dirt_") ? kinds.indexOf(name!.slice(5)) + 1 : words[name!]
    if (value === undefined || value === 0) throw new RangeError(`${stream}.sql: no parameter ${name}`)
    params[name!] = value
  }
  const table = `sample__${stream}`
  return { table, sql: `create table ${quoteIdentifier("_stage", table)} as ${select}`, params }
}
