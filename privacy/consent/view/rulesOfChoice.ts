import type { Grant } from "../grant/Grant.ts"
import type { Action } from "../Operation.ts"
import { purposeTerms } from "../registry/Registry.ts"
import type { Recipients } from "../decide/compileRules.ts"

type Rule = Grant["rules"][number]

/** What a customer chose in the table of purposes by recipients. */
export interface LicenceChoice {
  readonly cells: ReadonlyArray<{ readonly purpose: string; readonly recipient: string }>
  readonly categories: ReadonlyArray<string>
}

const inside: ReadonlyArray<Action> = ["store", "derive", "aggregate", "train", "display"]
const outside: ReadonlyArray<Action> = [...inside, "share", "sell"]
const prepare: ReadonlyArray<Action> = ["store", "derive"]

/**
 * The rules that say what was chosen and nothing more: what a broader choice would permit beside it is prohibited by name, and prohibitions of
 * single categories in the grant before stay. Whoever may get a result may also have the house make it.
 *
 * @param shown  every cell of the table: one that was shown and not chosen is a no
 * @param before rules of the grant in force
 */
export function rulesOfChoice(
  { cells, categories }: LicenceChoice,
  shown: LicenceChoice["cells"],
  before: ReadonlyArray<Rule>,
  known: Recipients
): ReadonlyArray<Rule> {
  const chosen = new Set(cells.map(keyOf))
  const limits = limitsOf(before)
  const permit = (actions: ReadonlyArray<Action>, recipient: string, purposes: ReadonlyArray<string>): Rule => ({
    effect: "permit",
    actions,
    purposes,
    recipientClass: [recipient],
    categories,
    onward: false,
    ...limits
  })
  const recipients = [...new Set(cells.map(({ recipient }) => recipient))].sort()
  const purposesOf = (recipient: string) =>
    cells
      .filter((cell) => cell.recipient === recipient)
      .map(({ purpose }) => purpose)
      .sort()
  const permits = recipients.flatMap((recipient) =>
    recipient === "internal"
      ? [permit(inside, recipient, purposesOf(recipient))]
      : [permit(outside, recipient, purposesOf(recipient)), permit(prepare, "internal", purposesOf(recipient))]
  )
  // Where the house prepares what somebody else may have, its own column is no "no".
  const refused = shown.filter(
    (cell) =>
      !chosen.has(keyOf(cell)) && cell.recipient !== "internal" && cells.some((other) => covers(other, cell, known))
  )
  const prohibits = refused.map(({ purpose, recipient }): Rule => ({
    effect: "prohibit",
    actions: [],
    purposes: [purpose],
    recipientClass: [recipient],
    categories: [],
    onward: false
  }))
  const kept = before.filter(({ effect, categories: named }) => effect === "prohibit" && named.length > 0)
  return [...permits.filter(({ categories: named }) => named.length > 0), ...prohibits, ...kept]
}

/** Limits that a customer set elsewhere hold on for whatever is chosen here: the table does not show them, so it must not lift them. */
function limitsOf(before: ReadonlyArray<Rule>): Pick<Rule, "territory" | "minK" | "maxEpsilon"> {
  const permits = before.filter(({ effect }) => effect === "permit")
  const territories = permits.flatMap(({ territory }) => (territory === undefined ? [] : [territory]))
  const minK = Math.max(0, ...permits.map((rule) => rule.minK ?? 0))
  const maxEpsilon = Math.min(...permits.map((rule) => rule.maxEpsilon ?? Infinity))
  const [first, ...others] = territories
  return {
    ...(first === undefined
      ? {}
      : { territory: first.filter((country) => others.every((one) => one.includes(country))) }),
    ...(minK === 0 ? {} : { minK }),
    ...(Number.isFinite(maxEpsilon) ? { maxEpsilon } : {})
  }
}

const keyOf = ({ purpose, recipient }: LicenceChoice["cells"][number]): string => `${purpose} ${recipient}`

function covers(
  broad: LicenceChoice["cells"][number],
  narrow: LicenceChoice["cells"][number],
  known: Recipients
): boolean {
  const purpose = purposeTerms.get(broad.purpose)?.covers ?? 0n
  const recipient = known.get(broad.recipient)?.covers ?? 0n
  return (
    (purpose & (purposeTerms.get(narrow.purpose)?.bit ?? 0n)) !== 0n &&
    (recipient & (known.get(narrow.recipient)?.bit ?? 0n)) !== 0n
  )
}
