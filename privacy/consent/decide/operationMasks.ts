import type { Operation } from "../Operation.ts"
import { actionMask, categoryBit, everything, purposeBit, recordBit } from "../registry/Registry.ts"
import type { RecipientBit } from "./compileRules.ts"

/** An operation as bits, or why nothing may pass it. */
export interface OperationMasks {
  readonly actions: bigint
  readonly purposes: bigint
  /** The recipient, and the classes it belongs to. */
  readonly recipients: bigint
  readonly categories: bigint
  /** The first term that the registry does not know: then every record is denied. */
  readonly unknown: { readonly what: "purpose" | "recipient" | "category"; readonly id: string } | undefined
}

/** A named party is also a third party. */
const classesOf = (recipient: string): ReadonlyArray<string> =>
  recipient.startsWith("party:") ? [recipient, "third-party"] : [recipient]

/** Reads an operation against the registry. An unknown purpose, recipient or category denies every record. */
export function operationMasks(operation: Operation, recipientBit: RecipientBit): OperationMasks {
  const { purpose, recipient, categories } = operation
  const purposes = purpose === "any" ? everything : (purposeBit(purpose) ?? 0n)
  const recipients = classesOf(recipient).reduce((mask, id) => mask | (recipientBit(id) ?? 0n), 0n)
  const strange = categories.find((id) => categoryBit(id) === undefined)
  const unknown =
    purposes === 0n
      ? ({ what: "purpose", id: purpose } as const)
      : recipients === 0n
        ? ({ what: "recipient", id: recipient } as const)
        : strange === undefined
          ? undefined
          : ({ what: "category", id: strange } as const)
  return {
    actions: actionMask(operation.actions),
    purposes,
    recipients,
    categories: categories.reduce((mask, id) => mask | (categoryBit(id) ?? 0n), recordBit),
    unknown
  }
}
