import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { flagText } from "./flagText.ts"
import type { Flags } from "./Verb.ts"

/** What a flag says that a verb cannot do without; `what` is named in the complaint. */
export const neededFlag = Effect.fnUntraced(function* (flags: Flags, name: string, what: string) {
  const value = flagText(flags, name)
  if (value !== undefined) return value
  return yield* new BadInput({
    code: `flag.${name}`,
    message: `${what} is missing.`,
    fix: `Add --${name}.`,
    where: { field: name }
  })
})
