import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { NodeServices } from "@effect/platform-node"
import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { readProductFile } from "#catalog/product/readProductFile.ts"

const product = (price: string): string => `
product: orders_by_state
title: { zh: 各州下单偏好, en: Orders by state }
owner: sales-ops
scenario: { purpose: dpv:MarketResearch, required: [state, orders] }
from: core.order
release:
  kind: dp_aggregate
  unit: subject_id
  by: [state]
  measures: [{ name: orders, count: subjects }]
  epsilon: 1
  delta: 1.0e-6
terms: { purposes: [dpv:MarketResearch], onward: false, territory: [CN], retention: 365 days }
price: ${price}
`

const read = (text: string) =>
  Effect.acquireUseRelease(
    Effect.sync(() => mkdtempSync(join(tmpdir(), "assay-product-"))),
    (folder) => {
      writeFileSync(join(folder, "p.yaml"), text)
      return readProductFile(join(folder, "p.yaml"))
    },
    (folder) => Effect.sync(() => rmSync(folder, { recursive: true }))
  ).pipe(Effect.provide(NodeServices.layer))

describe("readProductFile", () => {
  it.effect("takes a usable price", () =>
    Effect.gen(function* () {
      expect((yield* read(product('{ base: "12000.00 CNY" }'))).declared.product).toBe("orders_by_state")
    })
  )

  it.effect("refuses a price that cannot be used when the file is taken up, naming file and field", () =>
    Effect.gen(function* () {
      const wrong = [
        ['{ base: "0.00 CNY" }', "price.base"],
        ['{ base: "12000.00 CNY", floor: "120.00 USD" }', "price.floor"],
        ['{ base: "12000.00 CNY", half_life: 0 days }', "price.half_life"]
      ] as const
      for (const [price, field] of wrong) {
        const error = yield* Effect.flip(read(product(price)))
        expect(error).toMatchObject({ _tag: "BadInput", where: { field } })
        expect(error.where?.file).toMatch(/p\.yaml$/)
      }
    })
  )
})
