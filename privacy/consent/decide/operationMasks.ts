import type { Operation } from "../Operation.ts"
import { actionMask, categoryTerms, everything, purposeTerms, recordBit } from "../registry/Registry.ts"
import type { Recipients } from "./compileRules.ts"

/** An operation as bits, or why nothing may pass it. */
export interface OperationMasks {
  readonly actions: bigint
  readonly purposes: bigint
  readonly recipients: bigint
  readonly categories: bigint
  /** The first term that the registry does not know: then every record is denied. */
  readonly unknown: { readonly what: "purpose" | "recipient" | "category"; readonly id: string } | undefined
}

/** Reads an operation against the registry. An unknown purpose, recipient or category denies every record. */
export function operationMasks(operation: Operation, known: Recipients): OperationMasks {
  const { purpose, recipient, categories } = operation
  const purposes = purpose === "any" ? everything : (purposeTerms.get(purpose)?.bit ?? 0n)
  const recipients = known.get(recipient)?.bit ?? 0n
  const strange = categories.find((id) => !categoryTerms.has(id))
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
    categories: categories.reduce((mask, id) => mask | (categoryTerms.get(id)?.bit ?? 0n), recordBit),
    unknown
  }
}
