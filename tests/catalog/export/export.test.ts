import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "@effect/vitest"
import { Ajv2019 } from "ajv/dist/2019.js"
import addFormats from "ajv-formats"
import { Effect } from "effect"
import { TestClock } from "effect/testing"
import { datasheet } from "#catalog/export/datasheet.ts"
import { datasheetPdf } from "#catalog/export/datasheetPdf.ts"
import { odcsContract } from "#catalog/export/odcsContract.ts"
import { odrlOffer } from "#catalog/export/odrlOffer.ts"
import { Catalog } from "#catalog/product/Catalog.ts"
import type { VersionColumn, VersionDraft } from "#catalog/product/ProductVersion.ts"
import { Records } from "#core/records/Records.ts"
import { catalogLayer } from "../catalogLayer.ts"
import { listVersion } from "../listVersion.ts"
import { listedAt, sampleVersion } from "../sampleVersion.ts"

const column = (name: string, type: string, part: VersionColumn["part"], unit = ""): VersionColumn => ({
  name,
  label: { zh: `${name} 字段`, en: `The ${name}` },
  type,
  part,
  unit,
  note: { zh: "含噪声", en: "Noisy" }
})
const columns = [
  column("state", "VARCHAR", "key"),
  column("month", "DATE", "key"),
  column("orders", "BIGINT", "measure", "row"),
  column("spend_minor", "DECIMAL(18,2)", "measure", "CNY"),
  column("seen_at", "TIMESTAMP", "measure"),
  column("known", "BOOLEAN", "measure"),
  column("tags", "VARCHAR[]", "measure")
]
const listing = (changes: Partial<VersionDraft> = {}) =>
  Effect.gen(function* () {
    yield* TestClock.setTime(Date.parse(listedAt))
    const catalog = yield* Catalog
    yield* (yield* Records).write((db) => listVersion(db, catalog, sampleVersion({ columns, ...changes })))
    return yield* catalog.show("orders_by_state")
  })
const contractSchema = JSON.parse(
  readFileSync(fileURLToPath(new URL("odcs-3.1.0.schema.json", import.meta.url)), "utf8")
) as object
const ajv = new Ajv2019({ strict: false, allErrors: true })
addFormats.default(ajv)
const isContract = ajv.compile(contractSchema)

describe("export", () => {
  it.effect("writes a data contract that the standard's own schema accepts, and a broken one it does not", () =>
    Effect.gen(function* () {
      const contract = odcsContract(yield* listing())
      expect(isContract(contract), JSON.stringify(isContract.errors)).toBe(true)
      expect(contract).toMatchObject({ apiVersion: "v3.1.0", price: { priceCurrency: "CNY" } })
      const types = (contract as { schema: [{ properties: ReadonlyArray<{ logicalType: string }> }] }).schema[0]
        .properties
      expect(types.map(({ logicalType }) => logicalType)).toEqual([
        "string",
        "date",
        "integer",
        "number",
        "timestamp",
        "boolean",
        "array"
      ])
      expect(isContract({ ...(contract as object), surprise: 1 })).toBe(false)
      expect(isContract({ ...(contract as object), kind: "Contract" })).toBe(false)
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("writes the terms as an ODRL offer: purposes, places, price, and no onward use unless it is allowed", () =>
    Effect.gen(function* () {
      const one = yield* listing()
      const offer = odrlOffer(one, "urn:assay:owner:sales-ops") as Record<
        string,
        ReadonlyArray<Record<string, unknown>>
      >
      expect(offer["@type"]).toBe("Offer")
      const [permission] = offer["permission"]!
      expect(permission!["constraint"]).toEqual([
        { leftOperand: "purpose", operator: "isAnyOf", rightOperand: ["dpv:MarketResearch"] },
        { leftOperand: "spatial", operator: "isAnyOf", rightOperand: ["CN"] },
        {
          leftOperand: "elapsedTime",
          operator: "lteq",
          rightOperand: { "@value": "P365D", "@type": "xsd:duration" }
        }
      ])
      expect(JSON.stringify(permission!["duty"])).toContain(`"@value":"${(one.price.minor / 100).toFixed(2)}"`)
      expect(offer["prohibition"]!.map(({ action }) => action)).toEqual([
        "distribute",
        "sell",
        "https://w3id.org/dpv#Identify"
      ])
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("writes a datasheet in both languages in which nothing of a product file becomes markup", () =>
    Effect.gen(function* () {
      const { offering } = sampleVersion()
      const title = { zh: "<script>alert(1)</script>", en: `"&'` }
      const page = datasheet(yield* listing({ offering: { ...offering, title } }))
      expect(page).not.toContain("<script>")
      expect(page).toContain("&lt;script&gt;")
      for (const text of ["差分隐私", "Differentially private", "spend_minor 字段", "The spend_minor", "12000.00 CNY"])
        expect(page).toContain(text)
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("writes the datasheet as a PDF with its fonts inside, the same bytes for the same listing", () =>
    Effect.gen(function* () {
      const one = yield* listing({
        columns: Array.from({ length: 60 }, (_, i) => column(`field_${i}`, "VARCHAR", "key"))
      })
      const [first, again] = yield* Effect.promise(() => Promise.all([datasheetPdf(one), datasheetPdf(one)]))
      expect(Buffer.compare(Buffer.from(first!), Buffer.from(again!))).toBe(0)
      const text = Buffer.from(first!).toString("latin1")
      expect(text.slice(0, 5)).toBe("%PDF-")
      // Sixty fields do not fit on a page; both fonts are embedded.
      expect(text.match(/\/Type \/Page\b/g)!.length).toBeGreaterThan(1)
      expect(new Set(text.match(/\/FontName \/\S+/g)).size).toBe(2)
      expect(first!.length).toBeLessThan(100_000)
    }).pipe(Effect.provide(catalogLayer))
  )
})
