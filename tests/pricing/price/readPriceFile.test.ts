import { describe, expect, it } from "@effect/vitest"
import { BadInput } from "#core/BadInput.ts"
import { price } from "#pricing/price/price.ts"
import { readPriceFile } from "#pricing/price/readPriceFile.ts"

const file = {
  base: "10000.00 CNY",
  reference: { bits: 12.4, mu: 1_000_000, rho: 0.147264 },
  artefact: { bits: 7.1, mu: 212_450.5, rho: 0.017469 },
  m: 1.06,
  beta: 0.7,
  r0: 0.15,
  floor: "120.00 CNY"
}
const read = (json: unknown) => readPriceFile(json, "offer.json", "2026-11-22T00:00:00.000Z")

const refusal = (json: unknown): BadInput => {
  try {
    read(json)
  } catch (error) {
    if (error instanceof BadInput) return error
    throw error
  }
  throw new Error("nothing was refused")
}

describe("readPriceFile", () => {
  it("reads the golden vector as public evidence that says where it stands", () => {
    const { inputs, currency } = read(file)
    expect(price(inputs).fen).toBe(36_078)
    expect(currency).toBe("CNY")
    expect(inputs.artefact.rho).toEqual({
      kind: "public",
      value: 0.017469,
      unit: "rho",
      where: "file:offer.json#artefact.rho",
      when: "2026-11-22T00:00:00.000Z"
    })
  })

  it("takes m as 1 and beta as 0.7 when they are left out", () => {
    const { m: _, beta: __, ...rest } = file
    const { inputs } = read(rest)
    expect([inputs.demand.value, inputs.beta.value]).toEqual([1, 0.7])
  })

  it("names the field that does not fit", () => {
    expect(refusal({ ...file, artefact: { ...file.artefact, mu: -1 } }).where?.field).toBe("artefact.mu")
    expect(refusal({ ...file, reference: { ...file.reference, bits: 0 } }).where?.field).toBe("reference.bits")
    expect(refusal({ ...file, bta: 0.7 }).where?.field).toBe("bta")
    expect(refusal({ ...file, m: 2 }).where?.field).toBe("m")
    expect(refusal({ ...file, r0: "0.15" }).where?.field).toBe("r0")
    expect(refusal({ ...file, floor: "120.00 USD" }).where?.field).toBe("floor")
    expect(refusal({ ...file, base: "-1.00 CNY" }).where?.field).toBe("base")
    expect(refusal({ ...file, base: "1.005 CNY" }).code).toBe("money.form")
    expect(refusal([]).code).toBe("pricing.input")
    expect(refusal(null).fix).not.toBe("")
  })
})
