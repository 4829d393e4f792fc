import { Refused } from "#core/Refused.ts"
import type { LifeReason } from "./decideMove.ts"

/** Ends a decision that has reasons against it; nothing of it stays. @throws Refused with the code of the first reason */
export function refuseMove(product: string, reasons: ReadonlyArray<LifeReason>): void {
  const [first] = reasons
  if (first === undefined) return
  throw new Refused({
    code: first.code,
    message: `${product}: ${reasons.map(({ label }) => label.en).join(". ")}.`,
    fix: fixes[first.code](product),
    where: { field: "product" }
  })
}

const fixes: Readonly<Record<LifeReason["code"], (product: string) => string>> = {
  "life.move": (product) => `assay product show ${product} tells where it is and how it came there.`,
  "life.version": (product) => `Make one with: assay run +release.${product}`,
  "life.approver": (product) => `Another person approves it: assay product approve ${product} --by NAME`,
  "life.gates": (product) =>
    `assay product review ${product} shows each gate; record what was assessed with: assay product evidence ${product} GATE --file F --by NAME`,
  "life.index": (product) => `assay index ${product} shows what gains the most.`,
  "life.frozen": () => "Run again, which makes it without the rows of who said no.",
  "life.ends": () => "Give the day with --on, such as --on 2027-01-31.",
  "life.successor": () => "Name another product that is listed with --successor, or leave it out.",
  "life.entitled": (product) => `Deprecate it first, and wait until what was sold of ${product} has ended.`
}
