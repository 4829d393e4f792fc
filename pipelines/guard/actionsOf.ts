import type { Action } from "#privacy/consent/Operation.ts"
import type { ReleaseDefinition } from "../release/ReleaseDefinition.ts"

/** What a licence must allow for a release: figures are aggregated, made-up rows come from something that was trained; both are sold. */
export const actionsOf = ({ synthetic }: Pick<ReleaseDefinition, "synthetic">): ReadonlyArray<Action> =>
  synthetic === undefined ? ["aggregate", "sell"] : ["train", "sell"]
