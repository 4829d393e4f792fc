import { BadInput } from "#core/BadInput.ts"
import type { Condition } from "./Condition.ts"
import { cronTimes } from "./cronTimes.ts"

const simple = ["missing", "newly_updated", "code_changed", "arrived", "late"] as const

const tokens = /\s*(?:(\(|\))|cron\s*\(\s*"([^"]{1,100})"\s*\)|([a-z_]+))/y

type Token = { readonly mark: string } | { readonly times: string }

/**
 * Reads a condition as people write it: `missing or (newly_updated and cron("0 6 * * *"))`; `not` binds strongest, then `and`, then `or`.
 *
 * @throws BadInput where it cannot be read
 */
export function parseCondition(text: string): Condition {
  const waiting = tokensOf(text)
  const take = (mark: string): boolean => {
    const next = waiting[0]
    if (next === undefined || !("mark" in next) || next.mark !== mark) return false
    waiting.shift()
    return true
  }
  const one = (): Condition => {
    if (take("not")) return { not: one() }
    if (take("(")) {
      const inner = either()
      if (!take(")")) throw unreadable(text, "a bracket is not closed")
      return inner
    }
    const next = waiting.shift()
    if (next === undefined) throw unreadable(text, "it ends too early")
    if ("times" in next) {
      cronTimes(next.times)
      return { is: "cron", times: next.times }
    }
    const is = simple.find((name) => name === next.mark)
    if (is === undefined) throw unreadable(text, `${next.mark} is no condition`)
    return { is }
  }
  const both = (): Condition => {
    const parts = [one()]
    while (take("and")) parts.push(one())
    return parts.length === 1 ? parts[0]! : { all: parts }
  }
  const either = (): Condition => {
    const parts = [both()]
    while (take("or")) parts.push(both())
    return parts.length === 1 ? parts[0]! : { any: parts }
  }
  const condition = either()
  if (waiting.length > 0) throw unreadable(text, "something follows its end")
  return condition
}

function tokensOf(text: string): Array<Token> {
  const found: Array<Token> = []
  tokens.lastIndex = 0
  while (text.slice(tokens.lastIndex).trim() !== "") {
    const match = tokens.exec(text)
    if (match === null || found.length > 200) throw unreadable(text, "it holds something that belongs to no condition")
    found.push(match[2] === undefined ? { mark: match[1] ?? match[3]! } : { times: match[2] })
  }
  return found
}

const unreadable = (text: string, why: string): BadInput =>
  new BadInput({
    code: "automation.condition",
    message: `The condition "${text.slice(0, 100)}" cannot be read: ${why}.`,
    fix: `Use ${simple.join(", ")} and cron("0 6 * * *"), joined by and, or, not and brackets.`
  })
