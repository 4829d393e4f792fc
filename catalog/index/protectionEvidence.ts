import { publicNumber } from "#pricing/evidence/publicNumber.ts"
import type { IndexEvidence } from "#pricing/index/IndexEvidence.ts"
import { membershipAdvantage } from "#privacy/dp/accounting/membershipAdvantage.ts"
import type { ProductVersion } from "../product/ProductVersion.ts"
import { attacksUnder } from "./attacksUnder.ts"

/**
 * What a version's certificate proves of attacks on it, where nobody has tried them out: no test can tell whether a subject is in it better
 * than its loss allows. Rows that leave by consent hide nobody, so there is nothing to attack.
 */
export function protectionEvidence(
  { kind, release, rho, delta, product }: ProductVersion,
  leftShare: number,
  at: string
): ReadonlyArray<IndexEvidence> {
  if (kind === "consented") {
    const note = "Rows as they are, each by its own subject's consent: nothing is hidden that an attack could find"
    const one = publicNumber(1, "share", `product:${product}#consent`, at)
    return [
      { item: "attack_results", value: one, when: at, note },
      { item: "G8", value: one, when: at, note: "No budget is spent on rows that leave by consent" }
    ]
  }
  const advantage = membershipAdvantage(rho.value, delta)
  const share = 1 - advantage
  const where = `certificate:${release}#loss`
  const note = `By proof from its certificate: no attack tells who is in it with an advantage over ${advantage.toFixed(3)}`
  const passes = share >= attacksUnder && leftShare > 0
  return [
    { item: "attack_results", value: publicNumber(share, "share", where, at), when: at, note },
    {
      item: "G8",
      value: publicNumber(passes ? 1 : 0, "flag", where, at),
      when: at,
      note: `${note}; ${(100 * leftShare).toFixed(1)} % of the budget is left`
    }
  ]
}
