import type { Db } from "#core/records/Records.ts"
import type { Rate } from "#pricing/index/releasedQuality.ts"
import { readContract } from "#catalog/contract/readContract.ts"
import { lastAssessment } from "#catalog/life/lastAssessment.ts"
import type { ProductVersion } from "#catalog/product/ProductVersion.ts"
import type { ProductRecord } from "../../api/product/ProductRecord.ts"

/** What stewards alone see of an assessment. */
const withheld: ReadonlySet<string> = new Set(["budget_headroom", "attack_results"])

/** What buyers may read of an assessment: gates pass or fail, scores, and where each was measured. @source pricing.md, Every input is public, released or paid */
export function recordOf(db: Db, version: ProductVersion, versions: ReadonlyArray<ProductVersion>): ProductRecord {
  const last = lastAssessment(db, version.product)
  const { quality } = version
  return {
    product: version.product,
    assessment:
      last === undefined
        ? null
        : {
            digest: last.digest,
            at: last.at,
            version: last.version,
            index: last.index.index,
            profile: last.index.profileName,
            method: last.index.method,
            gates: last.index.gates.map(({ id, name, passed, expiresAt }) => ({
              id,
              name,
              passed,
              until: expiresAt ?? null
            })),
            domains: last.index.domains.map(({ id, name, weight, score, items }) => ({
              id,
              name,
              weight,
              score,
              items: items.map((item) => ({
                id: item.id,
                name: item.name,
                score: withheld.has(item.id) ? null : item.score,
                state: item.state,
                evidence: withheld.has(item.id)
                  ? []
                  : item.evidence.map(({ note, when, isDemo }) => ({ note, when, isDemo: isDemo === true }))
              }))
            }))
          },
    quality: {
      completeness: rateOf(quality?.completeness),
      uniqueness: rateOf(quality?.uniqueness),
      consistency: rateOf(quality?.consistency),
      precision: rateOf(quality?.precision),
      accuracy: rateOf(quality?.accuracy)
    },
    versions: versions.map(({ id, version: name }) => {
      const { contract, level, reasons } = readContract(db, id)
      return { version: name, contract, level, reasons }
    })
  }
}

const rateOf = (rate: Rate | undefined) =>
  rate === undefined ? null : { share: rate.share.value, of: rate.trials.value, where: rate.share.where }
