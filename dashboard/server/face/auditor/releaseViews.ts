import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Engine } from "#pipelines/engine/Engine.ts"
import { Catalog } from "#catalog/product/Catalog.ts"
import type { CheckCoverage } from "../../../api/auditor/CheckCoverage.ts"
import type { ReleaseEntry } from "../../../api/auditor/ReleaseEntry.ts"

const everyVersion = Effect.gen(function* () {
  const catalog = yield* Catalog
  const listings = yield* catalog.all
  return (yield* Effect.forEach(listings, ({ product }) => catalog.versions(product))).flat()
})

/** Every release, newest first. */
export const releasesOf = Effect.fn("releasesOf")(function* () {
  const versions = yield* everyVersion
  return versions
    .map((version): ReleaseEntry => ({
      id: version.id,
      product: version.product,
      title: version.offering.title,
      version: version.version,
      period: version.period,
      kind: version.kind ?? "dp_aggregate",
      rho: version.rho.value,
      epsilon: version.epsilon,
      delta: version.delta,
      artefact: version.artefact,
      issuedAt: version.listedAt,
      withheld: version.status === "withheld"
    }))
    .sort((a, b) => (a.issuedAt < b.issuedAt ? 1 : -1))
})

/** The certificate of one release as it was signed. */
export const certificateOfRelease = Effect.fn("certificateOfRelease")(function* (id: string) {
  const version = (yield* everyVersion).find((one) => one.id === id)
  if (version !== undefined) return version.certificate as object
  return yield* new BadInput({
    code: "release.unknown",
    message: "There is no such release.",
    fix: "Choose one from the list of releases."
  })
})

/** How far each group of assets is covered by checks. */
export const checkCoverage = Effect.fn("checkCoverage")(function* () {
  const groups = Map.groupBy(yield* (yield* Engine).facts, ({ asset }) => asset.group)
  return [...groups].map(([group, facts]): CheckCoverage => {
    const results = facts.flatMap(({ checks }) => checks)
    return {
      group,
      assets: facts.length,
      covered: facts.filter(({ checks }) => checks.length > 0).length,
      checks: results.length,
      blocking: results.filter(({ severity }) => severity === "block").length,
      failing: results.filter(({ passed }) => !passed).length
    }
  })
})
