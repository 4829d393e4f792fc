import { newId } from "#core/ids/newId.ts"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { sha256Hex } from "#core/json/sha256Hex.ts"
import type { Db } from "#core/records/Records.ts"
import { readContract } from "../contract/readContract.ts"
import { recordTestimony } from "../index/recordTestimony.ts"
import { announcePrice } from "../notice/announcePrice.ts"
import { notify } from "../notice/notify.ts"
import type { ProductVersion } from "../product/ProductVersion.ts"
import { indexProduct } from "../search/indexProduct.ts"
import { assessVersion } from "./assessVersion.ts"
import { checkPerson, checkReason } from "./checkPerson.ts"
import { decideMove } from "./decideMove.ts"
import { isSamplePerson } from "./isSamplePerson.ts"
import { lifeFacts } from "./lifeFacts.ts"
import type { Decision, Sitting } from "./Lifecycle.ts"
import { lifeStateOf } from "./lifeStateOf.ts"
import type { LifeMove } from "./LifeState.ts"
import type { Assessment } from "./ProductLife.ts"
import { nothingAsked } from "./nothingAsked.ts"
import { readLife } from "./readLife.ts"
import { refuseMove } from "./refuseMove.ts"
import { keepAssessment, takeMove } from "./takeMove.ts"
import { waitingVersion } from "./waitingVersion.ts"

/**
 * Approves what another one asked for. The approval itself is evidence of the index, so it is put on record first and goes with everything else
 * if anything speaks against it.
 */
export function approveProduct(sitting: Sitting, decision: Decision & { readonly registerOnly?: boolean }): void {
  const { db, log, version, facts, at } = sitting
  const { product, by, reason = "", registerOnly = false } = decision
  checkPerson(by)
  checkReason(reason)
  const state = lifeStateOf(db, product)
  const { requestedBy } = readLife(db, product)
  if (state === "listed" && waitingVersion(db, product) === undefined) throw nothingAsked(product)
  const note = `Approved version ${version?.version ?? "none"}${reason === "" ? "" : `: ${reason}`}`.slice(0, 500)
  const signed = { product, item: "approvals", value: 1, signer: by, note, days: 365, isDemo: isSamplePerson(by) }
  if (version !== undefined) recordTestimony(db, log, signed, at)
  const assessment = version === undefined ? undefined : assessVersion(db, version, facts, at)
  const wish = { product, by, requestedBy, endsOn: null, successor: null }
  const take = (move: LifeMove): void => takeMove(db, log, { ...wish, move, reason, version, assessment, at })
  if (state === "assessed") take("register")
  if (state === "suspended") return take("resume")
  if (state === "listed" && version !== undefined) {
    // The same guards as for the first listing: what goes on sale is another product to whoever relied on the old one.
    refuseMove(product, decideMove("registered", "list", lifeFacts(db, wish, assessment!.index, at)).reasons)
    return releaseVersion(sitting, version, assessment!, { by, requestedBy })
  }
  if (state === "assessed" && registerOnly) return
  take("list")
}

/** Puts a version that broke the contract on sale and tells those who rely on it what has changed. */
function releaseVersion(
  { db, log, at }: Sitting,
  version: ProductVersion,
  assessment: Assessment,
  people: { readonly by: string; readonly requestedBy: string | null }
): void {
  keepAssessment(db, assessment)
  const sold = db.get<{ document: string }>(
    "select document from version_on_sale where product = $product order by seq desc limit 1",
    { product: version.product }
  )
  const row = { id: version.id, ...people, evidence: assessment.digest, at }
  db.run(
    `update version_hold set decided_by = $by, requested_by = $requestedBy, evidence = $evidence, lifted_at = $at
     where version_id = $id`,
    row
  )
  indexProduct(db, version, assessment.price.minor)
  log.append(db, { type: "policy", operation: newId("lfc"), commitment: sha256Hex(canonicalJson(row)) })
  announceBreaking(db, version, at)
  if (sold !== undefined) announcePrice(db, JSON.parse(sold.document) as ProductVersion, version, at)
}

function announceBreaking(db: Db, { id, product, version, offering }: ProductVersion, at: string): void {
  const { contract, reasons } = readContract(db, id)
  const all = (language: "zh" | "en"): string =>
    reasons.map((one) => one[language]).join(language === "zh" ? "；" : "; ")
  notify(db, {
    kind: "breaking",
    product,
    version,
    at,
    text: {
      zh: `「${offering.title.zh}」的契约更新为 ${contract}（不兼容）：${all("zh")}。已购版本按条款继续。`,
      en: `The contract of ${offering.title.en} is ${contract} now and breaks the one before: ${all("en")}. Versions that were bought go on.`
    },
    facts: { contract, changes: reasons.length }
  })
}
