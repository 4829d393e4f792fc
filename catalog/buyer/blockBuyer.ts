import { BadInput } from "#core/BadInput.ts"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { sha256Hex } from "#core/json/sha256Hex.ts"
import type { Log } from "#core/log/Log.ts"
import type { Db } from "#core/records/Records.ts"
import { Refused } from "#core/Refused.ts"

interface Step {
  readonly buyer: string
  readonly by: string
  /** ISO instant. */
  readonly at: string
}

const printable = /^[^\p{Cc}\p{Cs}]{1,200}$/u

/** Bars a buyer from now on; one who is barred already stays so for the first reason. */
export function blockBuyer(db: Db, log: Log["Service"], { buyer, reason, by, at }: Step & { reason: string }): void {
  for (const [field, text] of Object.entries({ buyer, reason, by })) {
    if (printable.test(text) && text.trim() === text) continue
    throw new BadInput({
      code: `block.${field}`,
      message: "To bar a buyer, name the buyer, the reason and who decides.",
      fix: "Write 1 to 200 printable characters.",
      where: { field }
    })
  }
  if (openBlock(db, buyer) !== undefined) return
  db.run("insert into buyer_block (buyer, reason, by, at) values ($buyer, $reason, $by, $at)", {
    buyer,
    reason,
    by,
    at
  })
  const commitment = sha256Hex(canonicalJson({ buyer, reason, by, at }))
  log.append(db, { type: "policy", operation: `block ${at}`, commitment })
}

/** Lets a barred buyer in again, as another person than the one who barred them. */
export function liftBlock(db: Db, log: Log["Service"], { buyer, by, at }: Step): void {
  const block = openBlock(db, buyer)
  if (block === undefined) {
    throw new BadInput({
      code: "block.none",
      message: `${buyer.slice(0, 80)} is not barred.`,
      fix: "Choose one from the list of buyers who are.",
      where: { field: "buyer" }
    })
  }
  if (block.by === by || by.trim() === "") {
    throw new Refused({
      code: "block.same-person",
      message: `${block.by} barred this buyer and cannot lift it as well: two people decide.`,
      fix: "Let another admin lift it.",
      where: { field: "by" }
    })
  }
  db.run("update buyer_block set lifted_by = $by, lifted_at = $at where buyer = $buyer and lifted_at is null", {
    buyer,
    by,
    at
  })
  const commitment = sha256Hex(canonicalJson({ buyer, lifted: by, at }))
  log.append(db, { type: "policy", operation: `unblock ${at}`, commitment })
}

/** @throws Refused `buyer.blocked` for a buyer who is barred */
export function requireUnblocked(db: Db, buyer: string): void {
  if (openBlock(db, buyer) === undefined) return
  throw new Refused({
    code: "buyer.blocked",
    message: "This buyer may not order or fetch anything for now.",
    fix: "Ask the seller why; an admin of the house can lift it.",
    where: { field: "buyer" }
  })
}

const openBlock = (db: Db, buyer: string): { readonly by: string } | undefined =>
  db.get<{ by: string }>("select by from buyer_block where buyer = $buyer and lifted_at is null", { buyer })
