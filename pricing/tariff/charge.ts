import { BadInput } from "#core/BadInput.ts"
import { unitsAt } from "./Decimal.ts"
import type { Decimal } from "./Decimal.ts"
import type { Tariff } from "./Tariff.ts"

/** What one tier contributes. Quantities as exact decimal text. */
export interface TariffLine {
  readonly from: string
  readonly upTo: string | null
  readonly quantity: string
  /** Minor units; the lines sum exactly to the charge. */
  readonly fen: number
}

export interface Charge {
  readonly fen: number
  readonly lines: ReadonlyArray<TariffLine>
}

/**
 * Charges a quantity by a graduated tariff: each tier's rate applies to the part of the quantity that lies in its half-open interval.
 *
 * All arithmetic is on integers; only the running total is rounded, up, so that splitting a quantity over purchases never helps.
 *
 * @throws  BadInput if the charge is too large to be counted exactly
 * @source  pricing.md, Further rules
 */
export function charge({ tiers }: Tariff, quantity: Decimal): Charge {
  const scale = Math.max(quantity.scale, ...tiers.map((tier) => tier.upTo?.scale ?? 0))
  const rateScale = Math.max(...tiers.map((tier) => tier.rate.scale))
  const one = 10n ** BigInt(scale + rateScale)
  const asked = unitsAt(quantity, scale)

  const lines: Array<TariffLine> = []
  let from = 0n
  let exact = 0n
  let charged = 0n
  for (const { upTo, rate } of tiers) {
    if (asked <= from) break
    const end = upTo === null ? null : unitsAt(upTo, scale)
    const taken = (end === null || asked < end ? asked : end) - from
    exact += taken * unitsAt(rate, rateScale)
    const total = (exact + one - 1n) / one
    lines.push({
      from: decimalText(from, scale),
      upTo: end === null ? null : decimalText(end, scale),
      quantity: decimalText(taken, scale),
      fen: Number(total - charged)
    })
    charged = total
    if (end === null) break
    from = end
  }
  const fen = Number(charged)
  if (!Number.isSafeInteger(fen)) {
    throw new BadInput({
      code: "tariff.size",
      message: "The charge is too large to be counted in whole fen.",
      fix: "Check the quantity and the unit prices.",
      where: { field: "quantity" }
    })
  }
  return { fen, lines }
}

function decimalText(units: bigint, scale: number): string {
  const digits = units.toString().padStart(scale + 1, "0")
  let end = digits.length
  while (end > digits.length - scale && digits[end - 1] === "0") end--
  const fraction = digits.slice(digits.length - scale, end)
  return digits.slice(0, digits.length - scale) + (scale === 0 || fraction === "" ? "" : `.${fraction}`)
}
