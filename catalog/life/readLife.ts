import type { Db } from "#core/records/Records.ts"
import { readContract } from "../contract/readContract.ts"
import { candidateOf } from "./candidateOf.ts"
import type { LifeState } from "./LifeState.ts"
import { marketOf } from "./marketOf.ts"
import type { ProductLife, Transition } from "./ProductLife.ts"
import { waitingVersion } from "./waitingVersion.ts"

interface LifeRow {
  readonly state: LifeState
  readonly since: string
  readonly requested_by: string | null
  readonly successor: string | null
  readonly ends_on: string | null
}

/** Reads where a product is in its life. @throws BadInput if there is no such product */
export function readLife(db: Db, product: string): ProductLife {
  const candidate = candidateOf(db, product)
  const row = db.get<LifeRow>("select * from product_life where product = $product", { product })
  const { since } = db.get<{ since: string }>("select since from product where name = $product", { product })!
  const waiting = waitingVersion(db, product)
  const transitions = transitionsOf(db, product)
  const state = row?.state ?? "draft"
  const asked = waiting?.requestedBy ?? row?.requested_by ?? null
  const { registration, listing } = marketOf(db, product)
  return {
    product,
    title: candidate?.offering.title ?? { zh: product, en: product },
    owner: candidate?.offering.owner ?? "",
    state,
    since: row?.since ?? since,
    endsOn: row?.ends_on ?? null,
    successor: row?.successor ?? null,
    waitsFor: waitsFor(state, waiting !== undefined, asked),
    requestedBy: asked,
    contract:
      contractOnSale(db, product) ?? (candidate === undefined ? "1.0.0" : readContract(db, candidate.id).contract),
    registration,
    listing,
    transitions
  }
}

function waitsFor(state: LifeState, hasVersion: boolean, asked: string | null): ProductLife["waitsFor"] {
  if (state === "assessed" || state === "registered") return "approval"
  if (state === "suspended" && asked !== null) return "resume"
  return state === "listed" && hasVersion ? "version" : null
}

const contractOnSale = (db: Db, product: string): string | undefined => {
  const found = db.get<{ id: string }>(
    "select id from version_on_sale where product = $product order by seq desc limit 1",
    {
      product
    }
  )
  return found === undefined ? undefined : readContract(db, found.id).contract
}

const transitionsOf = (db: Db, product: string): ReadonlyArray<Transition> =>
  db.all<Transition & object>(
    `select seq, product, from_state as "from", to_state as "to", decided_by as "by", requested_by as requestedBy, reason,
       version_id as versionId, evidence, at, rule
     from product_transition where product = $product order by seq`,
    { product }
  )
