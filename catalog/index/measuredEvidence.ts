import { daysBetween } from "#core/time/daysBetween.ts"
import type { Db } from "#core/records/Records.ts"
import type { Evidence } from "#pricing/evidence/Evidence.ts"
import { publicNumber } from "#pricing/evidence/publicNumber.ts"
import type { IndexEvidence } from "#pricing/index/IndexEvidence.ts"
import type { ProductVersion } from "../product/ProductVersion.ts"
import { certifiedMeasures, offeredBy } from "../scenario/offeredBy.ts"
import { fitVersion } from "../scenario/scoreScenario.ts"
import { readScenario } from "#pricing/scenario/readScenario.ts"

/** Everything the house can measure of a version by itself, at a moment. Nothing is assumed: what is not there is left out. */
export function measuredEvidence(
  db: Db,
  version: ProductVersion,
  leftShare: number,
  at: string
): ReadonlyArray<IndexEvidence> {
  const { product, release, offering, columns, governance, quality, listedAt } = version
  const found: Array<IndexEvidence> = []
  const stated = (item: string, share: number, where: string, note: string, when = listedAt): void =>
    void found.push({ item, value: publicNumber(share, "share", where, when), when, note })
  const share = (parts: ReadonlyArray<boolean>): number => parts.filter(Boolean).length / Math.max(1, parts.length)
  const file = `product:${product}`

  const { scenario, terms } = offering
  stated(
    "mvds_statement",
    share([
      scenario.purpose !== "",
      scenario.required.length > 0,
      scenario.history !== undefined,
      scenario.freshness !== undefined
    ]),
    `${file}#scenario`,
    "Purpose, fields, history and freshness stated in the product file"
  )
  stated(
    "owner_steward",
    share([offering.owner !== "", governance?.steward !== undefined]),
    `${file}#owner`,
    "Owner and steward named in the product file"
  )
  stated(
    "contract",
    share(columns.map(({ type }) => type !== "")),
    `${file}#columns`,
    "Released columns with a declared type"
  )
  const explained = columns.map(({ name, label }) => label.zh !== name && label.en !== name)
  stated(
    "metadata",
    share([
      offering.description !== undefined,
      governance?.steward !== undefined,
      governance?.sourceOfRight !== undefined,
      ...columns.map(({ note }) => note.en !== "")
    ]),
    `${file}#metadata`,
    "Description, steward, source of right and the notes of all columns"
  )
  stated("glossary", share(explained), `${file}#dictionary`, "Columns that the dictionary explains")
  stated(
    "bilingual",
    share([offering.title.zh !== offering.title.en, ...explained]),
    `${file}#dictionary`,
    "Title and columns in both languages"
  )
  stated(
    "version_policy",
    share([terms.retention !== undefined, scenario.freshness !== undefined]),
    `${file}#terms`,
    "Retention and freshness stated; versions are numbered and never change"
  )
  const { timeliness } = offeredBy(
    version,
    readScenario({ scenario: "index", purpose: scenario.purpose, required: ["any"] }),
    at
  ).quality
  found.push({ item: "currentness", value: timeliness!, when: at, note: "Timeliness T of the newest version today" })

  const certificate = version.certificate as { keys?: ReadonlyArray<{ from: string; rule: string }>; loss?: unknown }
  const measures = certifiedMeasures(version)
  if (version.kind === "consented") {
    stated(
      "column_lineage",
      1,
      `certificate:${release}#lineage`,
      "Rows are handed on as they are: each column is its source's own"
    )
  } else if (certificate.keys !== undefined) {
    const sources = certificate.keys.filter(({ from }) => from !== "").length + measures.length
    stated(
      "column_lineage",
      sources / Math.max(1, columns.length),
      `certificate:${release}#keys`,
      "Released columns whose source column the certificate names; lineage beyond the barrier is by asset"
    )
    stated(
      "code_lists",
      share(certificate.keys.map(({ rule }) => rule !== "selected")),
      `certificate:${release}#keys`,
      "Keys with a public list or range of values"
    )
  }
  const errors = measures.map(({ predictedMedianRelativeError }) => predictedMedianRelativeError)
  if (errors.length > 0 && errors.every(Number.isFinite))
    stated(
      "accuracy",
      Math.max(0, 1 - Math.max(...errors)),
      `certificate:${release}#measures`,
      "1 less the largest predicted median relative error"
    )
  for (const [item, rate] of Object.entries(quality ?? {}))
    found.push({
      item,
      value: rate.share,
      trials: rate.trials,
      when: listedAt,
      note: `Counted on the ${rate.trials.value} values or rows of the released table`
    })
  if (governance?.classification !== undefined)
    stated("classified_columns", 1, `${file}#classification`, "The class of the product holds for all its columns")
  stated("budget_headroom", leftShare, "budget:home", "Privacy budget left over its cap", at)
  found.push(...usage(db, version, at), ...gateEvidence(version))
  return found
}

/** What declared scenarios, deliveries and past periods tell. */
function usage(db: Db, version: ProductVersion, at: string): ReadonlyArray<IndexEvidence> {
  const { product, id } = version
  const found: Array<IndexEvidence> = []
  const add = (item: string, value: number, where: string, note: string, trials?: Evidence): void =>
    void found.push({
      item,
      value: publicNumber(value, "share", where, at),
      when: at,
      note,
      ...(trials === undefined ? {} : { trials })
    })
  const fits = db.all<{ fit: number; buyer: string | null; scored_at: string }>(
    `select f.fit, s.buyer, f.scored_at from scenario_fit f join scenario s on s.name = f.scenario
     where f.version_id = $id order by f.fit desc`,
    { id }
  )
  const own = ownFit(version, at)
  const top = [...fits.map(({ fit }) => fit), ...own].sort((a, b) => b - a).slice(0, 5)
  if (top.length > 0)
    add(
      "scenario_fit",
      top.reduce((sum, fit) => sum + fit / 100, 0) / top.length,
      `scenarios:${product}`,
      `Mean Fit of the best ${top.length} of its own scenario and ${fits.length} declared ones`
    )
  if (fits.some(({ fit, buyer }) => buyer !== null && fit >= 60))
    add(
      "registered_demand",
      1,
      `scenarios:${product}`,
      "A buyer declared a scenario that the product fits by 60 or more"
    )

  const since = new Date(Date.parse(at) - 90 * 86_400_000).toISOString()
  const { n } = db.get<{ n: number }>(
    `select count(*) as n from delivery d join buyer_order o on o.id = d.order_id join product_version v on v.id = o.version_id
     where v.product = $product and d.delivered_at >= $since`,
    { product, since }
  )!
  // A delivery and its log entry are written in one transaction, so every recorded one is covered.
  if (n > 0)
    add(
      "access_log",
      1,
      "delivery:90-days",
      "Deliveries that stand in the log",
      publicNumber(n, "delivery", "delivery:90-days", at)
    )
  return found
}

/** A product is scored against the scenario that it states, not against the widest schema there could be. */
function ownFit(version: ProductVersion, at: string): ReadonlyArray<number> {
  const { purpose, required, optional, history, freshness } = version.offering.scenario
  const stated = {
    scenario: "own",
    purpose,
    required,
    ...(optional.length === 0 ? {} : { optional: optional.filter((field) => !required.includes(field)) }),
    ...(history === undefined ? {} : { history }),
    ...(freshness === undefined ? {} : { freshness })
  }
  return [fitVersion(readScenario(stated), version, at).fit.value]
}

const coreClasses = /core|important|核心|重要/i

function gateEvidence({
  product,
  release,
  kind,
  offering,
  governance,
  quality,
  rho,
  listedAt
}: ProductVersion): ReadonlyArray<IndexEvidence> {
  const found: Array<IndexEvidence> = []
  const add = (item: string, passes: boolean, where: string, note: string, when = listedAt): void =>
    void found.push({ item, value: publicNumber(passes ? 1 : 0, "flag", where, when), when, note })
  if (governance?.sourceOfRight !== undefined)
    add("G1", true, `product:${product}#source_of_right`, "Source of right declared by the owner")
  if (kind === "consented")
    add("G2", true, `certificate:${release}`, "Every row left under a licence that permits this recipient and purpose")
  else
    add(
      "G2",
      rho.value > 0,
      `certificate:${release}#loss`,
      "Released by a differentially private mechanism under a signed certificate"
    )
  if (governance?.classification !== undefined) {
    add(
      "G3",
      !coreClasses.test(governance.classification),
      `product:${product}#classification`,
      `Classified as ${governance.classification}`
    )
    add("G4", true, `product:${product}#classification`, `Classified as ${governance.classification}`)
    if (!/public/i.test(governance.classification))
      add("G11", true, `product:${product}#classification`, "Not public data, so no cap applies")
  }
  if (quality !== undefined) add("G6", true, `release:${release}#quality`, "Quality measured on the released table")
  const { purposes, territory } = offering.terms
  add(
    "G9",
    purposes.includes(offering.scenario.purpose),
    `product:${product}#terms`,
    "The scenario's purpose is among the purposes of the terms"
  )
  if (territory.every((country) => country === "CN"))
    add("G10", true, `product:${product}#terms.territory`, "Sold within China only")
  return found
}

/** Share of the due periods since the first listing that have a listed version. */
export function slaEvidence(
  db: Db,
  { product, offering }: ProductVersion,
  since: string,
  everyDays: number,
  at: string
): ReadonlyArray<IndexEvidence> {
  if (offering.scenario.freshness === undefined) return []
  const due = Math.min(Math.floor(daysBetween(since, at) / everyDays), Math.floor(90 / everyDays))
  if (due < 1) return []
  const from = new Date(Date.parse(at) - 90 * 86_400_000).toISOString()
  const { n } = db.get<{ n: number }>(
    "select count(distinct json_extract(document, '$.period')) as n from product_version where product = $product and status = 'listed' and listed_at >= $from",
    { product, from }
  )!
  const value = publicNumber(Math.min(1, n / due), "share", `product:${product}#versions`, at)
  return [{ item: "sla", value, when: at, note: `${Math.min(n, due)} of ${due} versions due in 90 days` }]
}
