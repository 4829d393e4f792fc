import { BadInput } from "#core/BadInput.ts"
import type { Db } from "#core/records/Records.ts"
import type { Grant } from "./grant/Grant.ts"
import type { Term } from "./registry/Registry.ts"

/** Classes that are always there; a named party is written `party:<name>` and gets the next bit when it is first named. */
const classes = ["internal", "third-party", "processor", "authority", "affiliate"] as const
const mostBits = 62
/** How a named party is written. */
export const party = /^party:[a-z0-9][a-z0-9-]{0,62}$/

/** The bits of recipients known to the records. Whoever names the class `third-party` means every named party too, those of tomorrow as well. */
export function readRecipients(db: Db): ReadonlyMap<string, Term> {
  const named = db.all<{ bit: number; id: string }>("select bit, id from consent_recipient")
  const parties = ((1n << BigInt(mostBits)) - 1n) & ~((1n << BigInt(classes.length)) - 1n)
  const term = (bit: number, id: string): readonly [string, Term] => {
    const own = 1n << BigInt(bit)
    return [id, { bit: own, covers: id === "third-party" ? own | parties : own }]
  }
  return new Map([...classes.map((id, i) => term(i, id)), ...named.map(({ bit, id }) => term(bit, id))])
}

/**
 * Gives a named party its bit; one that has one keeps it. Bits are never given again.
 *
 * @throws BadInput for a name that is no party, or when all bits are taken
 */
export function nameRecipient(db: Db, id: string): void {
  const known = readRecipients(db)
  if (known.has(id)) return
  if (!party.test(id)) {
    throw new BadInput({
      code: "recipient.unknown",
      message: `There is no recipient ${id.slice(0, 80)}.`,
      fix: `Write one of ${classes.join(", ")}, or party:NAME in lower-case letters, digits and hyphens.`,
      where: { field: "recipient" }
    })
  }
  if (known.size >= mostBits) {
    throw new BadInput({
      code: "recipient.full",
      message: `${mostBits} recipients are named already; a licence has room for no more.`,
      fix: "Share with a class such as third-party, or use a party that is named already.",
      where: { field: "recipient" }
    })
  }
  db.run("insert into consent_recipient (bit, id) values ($bit, $id)", { bit: known.size, id })
}

/** Gives every party that a grant names its bit. */
export function nameParties(db: Db, { rules }: Pick<Grant, "rules">): void {
  const parties = rules.flatMap(({ recipientClass }) => recipientClass).filter((id) => party.test(id))
  for (const id of new Set(parties)) nameRecipient(db, id)
}
