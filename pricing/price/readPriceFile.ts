import { Schema } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { parseMoney } from "#core/money/parseMoney.ts"
import { decodeInput } from "../evidence/decodeInput.ts"
import { publicNumber } from "../evidence/publicNumber.ts"
import type { PriceInputs } from "./PriceInputs.ts"

const positive = Schema.Finite.check(Schema.isGreaterThan(0))
const notNegative = Schema.Finite.check(Schema.isGreaterThanOrEqualTo(0))
const PriceFile = Schema.Struct({
  base: Schema.String,
  floor: Schema.String,
  reference: Schema.Struct({ bits: positive, mu: positive, rho: positive }),
  artefact: Schema.Struct({ bits: notNegative, mu: notNegative, rho: notNegative }),
  m: Schema.optionalKey(Schema.Finite.check(Schema.isBetween({ minimum: 0.7, maximum: 1.3 }))),
  beta: Schema.optionalKey(Schema.Finite.check(Schema.isGreaterThan(0), Schema.isLessThanOrEqualTo(1))),
  r0: positive
})

/** The inputs of the price function as a person wrote them, and their currency. */
export interface PriceFile {
  readonly inputs: PriceInputs
  readonly currency: string
}

/**
 * Reads the document that `assay price FILE` takes: `{ base: "10000.00 CNY", reference: { bits, mu, rho }, artefact, m, beta, r0, floor }`.
 * `m` is 1 and `beta` 0.7 when left out. Whoever writes such a file makes its numbers public.
 *
 * @param file  its name, for evidence and messages
 * @param when  ISO instant of the reading
 * @throws      BadInput for a missing, unknown or impossible field, or for two currencies
 */
export function readPriceFile(json: unknown, file: string, when: string): PriceFile {
  const read = decodeInput(PriceFile, json, "price file")
  const base = parseMoney(read.base)
  const floor = parseMoney(read.floor)
  if (base.currency !== floor.currency) {
    throw new BadInput({
      code: "price.currency",
      message: `The base is in ${base.currency} and the floor in ${floor.currency}.`,
      fix: "Write both in one currency.",
      where: { file, field: "floor" }
    })
  }
  if (base.minor < 0 || floor.minor < 0) {
    throw new BadInput({
      code: "price.negative",
      message: "A base price or a floor cannot be negative.",
      fix: "Write amounts of zero or more.",
      where: { file, field: base.minor < 0 ? "base" : "floor" }
    })
  }
  const stated = (field: string, value: number, unit: string) =>
    publicNumber(value, unit, `file:${file}#${field}`, when)
  const measure = (of: "reference" | "artefact") => ({
    bits: stated(`${of}.bits`, read[of].bits, "bit"),
    mu: stated(`${of}.mu`, read[of].mu, "row"),
    rho: stated(`${of}.rho`, read[of].rho, "rho")
  })
  return {
    currency: base.currency,
    inputs: {
      base: stated("base", base.minor, "minor"),
      floor: stated("floor", floor.minor, "minor"),
      demand: stated("m", read.m ?? 1, "factor"),
      beta: stated("beta", read.beta ?? 0.7, "exponent"),
      r0: stated("r0", read.r0, "rho"),
      reference: measure("reference"),
      artefact: measure("artefact")
    }
  }
}
