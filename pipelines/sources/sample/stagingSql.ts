import { readFileSync } from "node:fs"
import type { Param, Params } from "#core/warehouse/Session.ts"
import { dirt } from "./dirt.ts"

/**
 * The query that spells out a stream's codes, with exactly the parameters that it names.
 *
 * @throws RangeError when the SQL names a parameter that neither the words nor the stream's dirt has: a bug
 */
export function stagingSql(stream: string, words: Params): { select: string; params: Params } {
  const select = readFileSync(new URL(`./sql/${stream}.sql`, import.meta.url), "utf8")
  const kinds = stream in dirt ? Object.keys(dirt[stream as keyof typeof dirt]) : []
  const params: Record<string, Param> = {}
  for (const [, name] of select.matchAll(/\$(\w+)/g)) {
    const value = name!.startsWith("dirt_") ? kinds.indexOf(name!.slice(5)) + 1 : words[name!]
    if (value === undefined || value === 0) throw new RangeError(`${stream}.sql: no parameter ${name}`)
    params[name!] = value
  }
  return { select, params }
}
