import { parseArgs } from "node:util"
import type { Flags, Verb } from "./Verb.ts"

/** Flags that every verb takes. */
const common = ["home", "lang", "json?", "help?"]

/** The command line was not understood: exit code 2. */
export interface UsageProblem {
  readonly problem: string
}

/** Splits what follows a verb into words and flags, or says which of them the verb does not know. */
export function parseCall(
  verb: Pick<Verb<never>, "usage" | "flags" | "words">,
  rest: ReadonlyArray<string>
): { readonly words: ReadonlyArray<string>; readonly flags: Flags } | UsageProblem {
  const known = [...verb.flags, ...common]
  const options = Object.fromEntries(
    known.map((name) => [name.replace("?", ""), { type: name.endsWith("?") ? "boolean" : "string" } as const])
  )
  try {
    const { values, positionals } = parseArgs({ args: [...rest], options, allowPositionals: true, strict: true })
    if (positionals.length < verb.words && values["help"] !== true) {
      return { problem: `Something is missing: assay ${verb.usage}` }
    }
    return { words: positionals, flags: values as Flags }
  } catch (cause) {
    const message = cause instanceof Error ? cause.message.split(". ")[0]! : String(cause)
    return { problem: `${message}. Usage: assay ${verb.usage}` }
  }
}
