import { explainWarehouseError } from "#core/warehouse/explainWarehouseError.ts"
import { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import { failure } from "../api/failure.ts"
import type { Io } from "./Io.ts"
import { visibleLine } from "./visible.ts"

/** Says what went wrong and what to do, and gives the exit code. Details of a bug are for the terminal alone. */
export function complain(error: unknown, json: boolean, io: Io): number {
  const mendable = error instanceof WarehouseError ? explainWarehouseError(error) : error
  const { tag, exit, code, message, fix } = failure(mendable)
  io.err(`${visibleLine(message)}\n${visibleLine(fix)}\n`)
  if (tag === "Bug") io.err(`${bugText(error)}\n`)
  if (json) io.out(`${JSON.stringify({ error: { code, message, fix } })}\n`)
  return exit
}

/** A bug as its finder wants to read it. */
export const bugText = (cause: unknown): string =>
  cause instanceof WarehouseError
    ? cause.message
    : cause instanceof Error
      ? (cause.stack ?? cause.message)
      : String(cause)
