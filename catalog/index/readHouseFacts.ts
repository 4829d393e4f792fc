import { Effect, FileSystem, Path } from "effect"
import { Home } from "#core/home/Home.ts"
import { Budget } from "#privacy/budget/Budget.ts"
import type { ProductVersion } from "../product/ProductVersion.ts"
import type { HouseFacts } from "./HouseFacts.ts"

/** Reads what an index of this version rests on besides the records. */
export const readHouseFacts = Effect.fn("readHouseFacts")(function* ({ artefact, bytes }: ProductVersion) {
  const { left, cap } = yield* (yield* Budget).spent
  const files = yield* FileSystem.FileSystem
  const file = (yield* Path.Path).join((yield* Home).shelf, `${artefact}.parquet`)
  const found = yield* Effect.option(files.stat(file))
  return {
    leftShare: cap.rho === 0 ? 0 : Math.min(1, left.rho / cap.rho),
    onShelf: found._tag === "Some" && Number(found.value.size) === bytes
  } satisfies HouseFacts as HouseFacts
})
