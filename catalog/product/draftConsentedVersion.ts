import { publicNumber } from "#pricing/evidence/publicNumber.ts"
import { releasedNumber } from "#pricing/evidence/releasedNumber.ts"
import type { Rate, ReleasedQuality } from "#pricing/index/releasedQuality.ts"
import { readPricePolicy } from "#pricing/quote/readPricePolicy.ts"
import type { FreshConsented } from "#pipelines/release/FreshConsented.ts"
import { offeringOf } from "./offeringOf.ts"
import type { ProductFile } from "./ProductFile.ts"
import type { VersionColumn, VersionDraft } from "./ProductVersion.ts"

/**
 * Draws up the version that consented rows become. Its price follows rows alone: depth and accuracy are those of the first version, since
 * the columns stay and nothing is noised, so the price of a version is the base times how many rows it has against the first, with the
 * product's own exponent, and ages as any price. It is sold whole.
 *
 * @throws BadInput if the price part of the product file cannot be used
 */
export function draftConsentedVersion(file: ProductFile, fresh: FreshConsented): VersionDraft {
  const { releaseId: release, at, certificate, definition, types } = fresh
  const { recipient, until } = definition.spec
  const { policy, currency } = readPricePolicy(file.price, file.product, at)
  const same = (field: string, unit: string) => releasedNumber(1, unit, `release:${release}#${field}`, at, release)
  const rows = releasedNumber(fresh.rows, "row", `release:${release}#rows`, at, release)
  const labelOf = (name: string) => (name === "licence" ? licence : (file.dictionary?.[name] ?? { zh: name, en: name }))
  const columns = Object.entries(types).map(([name, type]): VersionColumn => ({
    name,
    label: labelOf(name),
    type,
    part: "key",
    unit: "",
    note: asItIs
  }))
  const one = publicNumber(1, "share", `menu:${file.product}#whole`, at)
  const bits = same("depth", "bit")
  return {
    product: file.product,
    kind: "consented",
    consented: { recipient, until },
    offering: offeringOf(file),
    period: fresh.period,
    asOf: fresh.asOf,
    release,
    artefact: fresh.artefact,
    bytes: fresh.bytes,
    rows,
    columns,
    certificate,
    bits,
    rho: same("accuracy", "rho"),
    epsilon: 0,
    delta: 0,
    currency,
    policy,
    quality: qualityOf(fresh),
    governance: {
      ...(file.steward === undefined ? {} : { steward: file.steward }),
      ...(file.classification === undefined ? {} : { classification: file.classification }),
      ...(file.source_of_right === undefined ? {} : { sourceOfRight: file.source_of_right })
    },
    menu: {
      strata: [],
      offers: [
        {
          id: "full",
          columns: columns.map(({ name }) => name),
          stratum: null,
          rows,
          bits,
          accuracy: one,
          factor: one,
          terms: "standard"
        }
      ]
    },
    listedAt: at
  }
}

/** Rows as they are: counted, and nothing between them and their source that could make them wrong, coarse or ill-typed. */
function qualityOf({ releaseId: release, rows, present, different, definition, at }: FreshConsented): ReleasedQuality {
  const values = rows * definition.spec.columns.length
  const rate = (field: string, successes: number, trials: number): Rate => {
    const number = (part: string, value: number, unit: string) =>
      releasedNumber(value, unit, `release:${release}#quality.${field}.${part}`, at, release)
    return {
      share: number("share", successes / Math.max(1, trials), "share"),
      trials: number("trials", trials, "count")
    }
  }
  return {
    completeness: rate("completeness", present, values),
    uniqueness: rate("uniqueness", different, rows),
    consistency: rate("consistency", values, values),
    precision: rate("precision", values, values),
    accuracy: rate("accuracy", values, values)
  }
}

const asItIs = { zh: "原值，经客户本人同意", en: "As it is, with its subject's consent" }
const licence = { zh: "许可证：授权摘要与期限", en: "Licence: digest of the grant, and until when" }
