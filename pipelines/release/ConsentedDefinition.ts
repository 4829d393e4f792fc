import type { ConsentedSpec } from "#core/release/ConsentedSpec.ts"
import type { ReleaseDefinition } from "./ReleaseDefinition.ts"

/** A product whose rows leave with their subjects' consent. */
export interface ConsentedDefinition extends Omit<ReleaseDefinition, "spec"> {
  readonly spec: ConsentedSpec
  /** It costs money, so a licence must allow to sell, not only to share. */
  readonly sold: boolean
}
