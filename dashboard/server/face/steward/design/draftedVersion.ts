import { releasedNumber } from "#pricing/evidence/releasedNumber.ts"
import { readPricePolicy } from "#pricing/quote/readPricePolicy.ts"
import { measureColumns } from "#core/release/measureColumns.ts"
import type { Listing } from "#catalog/product/Catalog.ts"
import { offeringOf } from "#catalog/product/offeringOf.ts"
import type { ProductFile } from "#catalog/product/ProductFile.ts"
import type { ProductVersion, VersionColumn } from "#catalog/product/ProductVersion.ts"
import type { DraftPlan } from "./planDraft.ts"

/**
 * The version that a draft would become, as far as it can be told before it is drawn: names, terms and the errors that are expected.
 * What only a release can measure (its quality) is left out, and the index says that it is missing.
 */
export function draftedVersion(
  file: ProductFile,
  { plan }: DraftPlan,
  rho: number,
  listing: Listing | undefined,
  at: string
): ProductVersion {
  const { policy, currency } = readPricePolicy(file.price, file.product, at)
  const { release } = file
  const draft = `draft:${file.product}`
  const measures = (plan?.prediction?.measures ?? []).map(({ name, medianRelativeError }) => ({
    name,
    rho: 0,
    halfWidth95: 0,
    predictedMedianRelativeError: medianRelativeError
  }))
  const keys = keysOf(file).map(({ name, rule }) => ({ name, from: name, rule }))
  const none = releasedNumber(1, "row", draft, at, draft)
  return {
    ...(listing?.version.quality === undefined ? {} : { quality: listing.version.quality }),
    ...(listing?.version.menu === undefined ? {} : { menu: listing.version.menu }),
    ...(release.kind === "dp_aggregate" ? {} : { kind: release.kind }),
    id: listing?.version.id ?? draft,
    version: "",
    status: "listed",
    product: file.product,
    offering: offeringOf(file),
    period: "",
    asOf: at.slice(0, 10),
    release: listing?.version.release ?? draft,
    artefact: "",
    bytes: 0,
    rows: none,
    columns: columnsOf(file),
    certificate: { keys, measures },
    bits: none,
    rho: { ...none, value: rho, unit: "rho" },
    epsilon: release.kind === "consented" ? 0 : release.epsilon,
    delta: release.kind === "consented" ? 0 : release.delta,
    currency,
    policy,
    governance: {
      ...(file.steward === undefined ? {} : { steward: file.steward }),
      ...(file.classification === undefined ? {} : { classification: file.classification }),
      ...(file.source_of_right === undefined ? {} : { sourceOfRight: file.source_of_right })
    },
    listedAt: at
  }
}

const keysOf = ({ release }: ProductFile): ReadonlyArray<{ readonly name: string; readonly rule: string }> => {
  if (release.kind === "synthetic") return Object.keys(release.columns).map((name) => ({ name, rule: "public range" }))
  if (release.kind === "consented") return []
  return release.by.map((by) => {
    const name = typeof by === "string" ? by : Object.keys(by)[0]!
    const rule = release.keys?.[name]
    return { name, rule: rule === undefined || rule === "dp" || rule === "public" ? "selected" : "public list" }
  })
}

function columnsOf(file: ProductFile): ReadonlyArray<VersionColumn> {
  const { release, dictionary } = file
  const column = (name: string, part: "key" | "measure"): VersionColumn => ({
    name,
    label: dictionary?.[name] ?? { zh: name, en: name },
    // The engine gives every released column one; which, shows the release.
    type: "declared",
    part,
    unit: "",
    note: { zh: "发布时写明", en: "Written at release" }
  })
  const measures = release.kind === "dp_aggregate" ? release.measures.flatMap((one) => measureColumns(one)) : []
  return [...keysOf(file).map(({ name }) => column(name, "key")), ...measures.map((name) => column(name, "measure"))]
}
