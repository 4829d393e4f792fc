import type { Db } from "#core/records/Records.ts"
import { publicNumber } from "#pricing/evidence/publicNumber.ts"
import type { HouseFacts } from "../index/HouseFacts.ts"
import { indexVersion } from "../index/indexVersion.ts"
import type { ProductVersion } from "../product/ProductVersion.ts"
import { assessVersion } from "./assessVersion.ts"
import { decideMove } from "./decideMove.ts"
import { lifeFacts } from "./lifeFacts.ts"
import type { ProductLife, ReviewItem } from "./ProductLife.ts"
import { readLife } from "./readLife.ts"
import { waitingVersion } from "./waitingVersion.ts"

/** What waits for somebody about a product, with its evidence; nothing where it is on sale and carries itself. */
export function reviewItem(db: Db, version: ProductVersion, facts: HouseFacts, at: string): ReadonlyArray<ReviewItem> {
  const { product } = version
  const life = readLife(db, product)
  const assessment = assessVersion(db, version, facts, at)
  const waitsFor = waits(life, assessment.index.isTradable)
  if (waitsFor === undefined) return []
  const index = waitsFor === "attention" ? assessment.index : withApproval(db, version, facts, at)
  // Two people, whoever they will be.
  const wish = { product, by: "reviewer", requestedBy: "requester", endsOn: null, successor: null }
  const { reasons } = decideMove("registered", "list", lifeFacts(db, wish, index, at))
  return [
    {
      product,
      title: version.offering.title,
      state: life.state,
      waitsFor,
      since: waitsFor === "version" ? (waitingVersion(db, product)?.since ?? life.since) : life.since,
      requestedBy: life.requestedBy,
      assessment,
      expected: index.index,
      missing: reasons.map(({ label }) => label)
    }
  ]
}

function waits(life: ProductLife, isTradable: boolean): ReviewItem["waitsFor"] | undefined {
  if (life.state === "draft") return "assessment"
  if (life.waitsFor !== null) return life.waitsFor
  return life.state === "listed" && !isTradable ? "attention" : undefined
}

/** The index as it would be with two approvals: the one missing piece that is the reviewer's own. */
const withApproval = (db: Db, version: ProductVersion, facts: HouseFacts, at: string) =>
  indexVersion(db, version, facts, "dcmm-8", at, [
    {
      item: "approvals",
      value: publicNumber(1, "share", `review:${version.product}`, at),
      when: at,
      note: "As if it were approved"
    }
  ])
