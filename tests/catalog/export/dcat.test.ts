import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { TestClock } from "effect/testing"
import { Parser, Store } from "n3"
import Validator from "rdf-validate-shacl"
import { dcatCatalog } from "#catalog/export/dcatCatalog.ts"
import { Catalog } from "#catalog/product/Catalog.ts"
import { Records } from "#core/records/Records.ts"
import { catalogLayer } from "../catalogLayer.ts"
import { listVersion } from "../listVersion.ts"
import { listedAt, sampleVersion } from "../sampleVersion.ts"

const read = (turtle: string): Store => new Store(new Parser().parse(turtle))
const shapes = read(readFileSync(fileURLToPath(new URL("dcat-ap-3.0.0-shapes.ttl", import.meta.url)), "utf8"))
const problems = async (turtle: string): Promise<ReadonlyArray<string>> =>
  (await new Validator(shapes).validate(read(turtle))).results.map(
    ({ path, sourceConstraintComponent }) => `${path?.value} ${sourceConstraintComponent?.value.split("#")[1]}`
  )

const sold = Effect.gen(function* () {
  yield* TestClock.setTime(Date.parse(listedAt))
  const catalog = yield* Catalog
  yield* (yield* Records).write((db) => listVersion(db, catalog, sampleVersion()))
  return yield* catalog.list
})

describe("the catalogue for data portals", () => {
  it.effect("is accepted by the shapes of DCAT-AP 3, with products and without", () =>
    Effect.gen(function* () {
      const turtle = dcatCatalog(yield* sold, "sales-ops", "https://data.example.com/", listedAt)
      expect(yield* Effect.promise(() => problems(turtle))).toEqual([])
      expect(turtle).toContain("https://data.example.com/products/orders_by_state")
      const count = (type: string) => read(turtle).getSubjects(null, `http://www.w3.org/ns/dcat#${type}`, null).length
      expect([count("Dataset"), count("Distribution"), count("Catalog")]).toEqual([1, 3, 1])
      expect(yield* Effect.promise(() => problems(dcatCatalog([], "sales-ops", "urn:assay:", listedAt)))).toEqual([])
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("is refused by them where a title, an address or a type is missing", () =>
    Effect.gen(function* () {
      const turtle = dcatCatalog(yield* sold, "sales-ops", "urn:assay:", listedAt)
      const broken = (pattern: RegExp, by = "") => {
        expect(turtle).toMatch(pattern)
        return Effect.promise(() => problems(turtle.replaceAll(pattern, by)))
      }
      expect(yield* broken(/dct:title/g, "dct:alternative")).toContain(
        "http://purl.org/dc/terms/title MinCountConstraintComponent"
      )
      expect(yield* broken(/dcat:accessURL/g, "dcat:landing")).toContain(
        "http://www.w3.org/ns/dcat#accessURL MinCountConstraintComponent"
      )
      expect(yield* broken(/a dct:Frequency/g, "a dct:Standard")).toContain(
        "http://purl.org/dc/terms/accrualPeriodicity ClassConstraintComponent"
      )
      expect(yield* broken(/xsd:hexBinary/g, "xsd:string")).toContain(
        "http://spdx.org/rdf/terms#checksumValue DatatypeConstraintComponent"
      )
    }).pipe(Effect.provide(catalogLayer))
  )
})
