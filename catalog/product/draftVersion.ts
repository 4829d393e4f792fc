import { aggregateDepth } from "#pricing/depth/aggregateDepth.ts"
import type { AggregateDepth } from "#pricing/depth/aggregateDepth.ts"
import { rowDepth } from "#pricing/depth/rowDepth.ts"
import { releasedNumber } from "#pricing/evidence/releasedNumber.ts"
import { releasedQuality } from "#pricing/index/releasedQuality.ts"
import { syntheticQuality } from "#pricing/index/syntheticQuality.ts"
import { makeMenu } from "#pricing/offer/makeMenu.ts"
import { readPricePolicy } from "#pricing/quote/readPricePolicy.ts"
import type { FreshRelease } from "#pipelines/release/Products.ts"
import { madeColumns } from "./madeColumns.ts"
import { offeringOf } from "./offeringOf.ts"
import type { ProductFile } from "./ProductFile.ts"
import type { VersionColumn, VersionDraft } from "./ProductVersion.ts"
import { releasedStrata } from "./releasedStrata.ts"

/**
 * Draws up the version that a fresh release becomes: its depth from the released table, its loss from the certificate, its price policy
 * and dictionary from the product file.
 *
 * @throws BadInput if the price part of the product file cannot be used
 */
export function draftVersion(file: ProductFile, fresh: FreshRelease): VersionDraft {
  const { releaseId: release, certificate, at } = fresh
  const { policy, currency } = readPricePolicy(file.price, file.product, at)
  const depth = depthOf(fresh)
  const bitsNumber = (field: string, bits: number) =>
    releasedNumber(bits, "bit", `release:${release}#${field}`, at, release)
  const rows = releasedNumber(fresh.rows, "row", `release:${release}#rows`, at, release)
  return {
    product: file.product,
    ...(isSynthetic(fresh) ? { kind: "synthetic" as const } : {}),
    offering: offeringOf(file),
    period: fresh.period,
    asOf: fresh.asOf,
    release,
    artefact: fresh.artefact,
    bytes: fresh.bytes,
    rows,
    columns: describeColumns(file, fresh),
    certificate,
    bits: depth.bits,
    rho: releasedNumber(certificate.loss.rho, "rho", `certificate:${release}#loss.rho`, at, release),
    epsilon: certificate.loss.epsilon,
    delta: certificate.loss.delta,
    currency,
    policy,
    keyBits: bitsNumber("key_bits", depth.keyBits),
    measureBits: depth.measureBits.map(({ name, bits }) => ({ name, bits: bitsNumber(`bits.${name}`, bits) })),
    strata: releasedStrata(fresh),
    quality: qualityOf(fresh),
    governance: {
      ...(file.steward === undefined ? {} : { steward: file.steward }),
      ...(file.classification === undefined ? {} : { classification: file.classification }),
      ...(file.source_of_right === undefined ? {} : { sourceOfRight: file.source_of_right })
    },
    menu: makeMenu(
      {
        product: file.product,
        release,
        keys: keyColumns(fresh),
        measures: certificate.measures.map(({ name }) => name),
        depth,
        rows,
        higher: higherOf(file)
      },
      // Without figures there is nothing to sell less accurately: rows are sold whole unless the file says otherwise.
      isSynthetic(fresh) ? (file.offers ?? []) : file.offers,
      at
    ),
    listedAt: at
  }
}

/** Only figures of whole subjects can be drawn again more accurately: a month is released once, and rows are made up. */
const higherOf = ({ release, higher_accuracy = [] }: ProductFile): ReadonlyArray<number> =>
  release.kind === "dp_aggregate" && release.unit !== "subject_month"
    ? [...new Set(higher_accuracy)].sort((a, b) => a - b)
    : []

const isSynthetic = ({ certificate }: FreshRelease): boolean => certificate.synthesis !== undefined

const keyColumns = ({ certificate, table }: FreshRelease): Readonly<Record<string, ReadonlyArray<unknown>>> =>
  Object.fromEntries(certificate.keys.map(({ name }) => [name, table[name] ?? []]))

const qualityOf = (fresh: FreshRelease) => syntheticQualityOf(fresh) ?? figureQuality(fresh)

function syntheticQualityOf({ definition, certificate, table, releaseId, at }: FreshRelease) {
  const { synthesis, prediction } = certificate
  if (synthesis === undefined || definition.synthetic === undefined) return undefined
  const columns = madeColumns(definition.synthetic.columns, table)
  const { measurements } = synthesis
  return syntheticQuality({ release: releaseId, columns, measurements, subjects: prediction.subjects }, at)
}

const figureQuality = (fresh: FreshRelease) =>
  releasedQuality(
    {
      release: fresh.releaseId,
      keys: Object.values(keyColumns(fresh)),
      measures: fresh.certificate.measures.map(({ name, lower, halfWidth95 }) => ({
        values: fresh.table[name] ?? [],
        least: lower >= 0 ? 0 : -Infinity,
        halfWidth95
      }))
    },
    fresh.at
  )

function depthOf(fresh: FreshRelease): AggregateDepth {
  if (isSynthetic(fresh)) {
    const columns = Object.entries(fresh.types).map(([name, type]) => ({ type, values: fresh.table[name] ?? [] }))
    return rowDepth(fresh.releaseId, columns, fresh.at)
  }
  const { releaseId, certificate, table, at } = fresh
  const { measures } = certificate
  const numbers = (name: string): Float64Array => Float64Array.from(table[name] ?? [], Number)
  const counted = measures.find(({ kind }) => kind !== "sum")
  return aggregateDepth(
    {
      release: releaseId,
      keys: keyColumns(fresh),
      counts: counted === undefined ? null : numbers(counted.name),
      measures: measures.map(({ name, variance }) => ({ name, values: numbers(name), noiseVariance: variance }))
    },
    at
  )
}

const selected = { zh: "由隐私机制选出的取值", en: "Values selected by a private mechanism" }
const madeUp = { zh: "合成列：取值来自公开声明的范围", en: "Made up, within a publicly declared domain" }
const listed = { zh: "公开清单中的全部取值，含零", en: "Every value of a public list, zeros included" }

function describeColumns(
  { dictionary }: ProductFile,
  { certificate, types }: FreshRelease
): ReadonlyArray<VersionColumn> {
  const labelOf = (name: string) => dictionary?.[name] ?? { zh: name, en: name }
  const { synthesis } = certificate
  const keys = certificate.keys.map(({ name, rule }): VersionColumn => ({
    name,
    label: labelOf(name),
    type: types[name]!,
    part: "key",
    unit: "",
    note: synthesis !== undefined ? madeUp : rule === "selected" ? selected : listed
  }))
  const measures = certificate.measures.map(({ name, kind, currency, halfWidth95 }): VersionColumn => {
    const around = halfWidth95.toLocaleString("en")
    return {
      name,
      label: labelOf(name),
      type: types[name]!,
      part: "measure",
      unit: kind === "sum" ? (currency ?? "") : kind.slice(0, -1),
      note: { zh: `含噪声；95% 的数值误差不超过 ±${around}`, en: `Noisy; 95 % of the figures are within ±${around}` }
    }
  })
  return [...keys, ...measures]
}
