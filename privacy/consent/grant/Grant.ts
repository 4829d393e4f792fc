import { Schema } from "effect"
import { actions } from "../Operation.ts"

const Text = (most: number) =>
  Schema.NonEmptyString.check(Schema.isMaxLength(most), Schema.isPattern(/^[^\p{Cc}\p{Cs}]*$/u))
const Whole = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }))
const Sha256 = Schema.String.check(Schema.isPattern(/^[0-9a-f]{64}$/))
const Terms = Schema.Array(Text(100)).check(Schema.isMaxLength(64))
const maybe = Schema.optionalKey

/** A rule of a grant. A prohibition may leave lists empty, which then means all; a permission with an empty list permits nothing. */
const Rule = Schema.Struct({
  effect: Schema.Literals(["permit", "prohibit"]),
  actions: Schema.Array(Schema.Literals(actions)).check(Schema.isMaxLength(8)),
  purposes: Terms,
  recipientClass: Terms,
  categories: Terms,
  territory: maybe(Schema.Array(Schema.String.check(Schema.isPattern(/^[A-Z]{2}$/))).check(Schema.isMaxLength(250))),
  onward: Schema.Boolean,
  minK: maybe(Whole),
  /** In millionths, since a grant holds integers only. */
  maxEpsilon: maybe(Whole)
})

/**
 * What a subject allows a controller, closed: a member that is not named here is refused. Times are whole seconds since 1970.
 *
 * @source consent.md, "Licences: three objects, never one"
 */
export const Grant = Schema.Struct({
  v: Schema.Literal(1),
  id: Text(64),
  nonce: Text(64),
  /** Place in the subject's chain, from 1. */
  seq: Whole.check(Schema.isGreaterThan(0)),
  /** Digest of the grant before; null for the first. */
  prev: Schema.NullOr(Sha256),
  /** Pseudonym under the subject's own salt. */
  subject: Sha256,
  controller: Text(200),
  nbf: Whole,
  exp: Whole,
  rules: Schema.Array(Rule).check(Schema.isMaxLength(64)),
  notice: Schema.Struct({ version: Text(64), lang: Schema.Literals(["zh", "en"]), sha256: Sha256 }),
  basis: Text(64),
  /** Whether this consent was asked for by itself, as sharing with third parties demands. */
  separateConsent: Schema.Boolean,
  withdrawal: Schema.Struct({ method: Text(200), mode: Schema.Literals(["freeze", "erase"]) }),
  evidence: Schema.Struct({ kind: Schema.Literals(["E1", "E2", "E3"]), digest: Sha256 }),
  jurisdiction: Schema.String.check(Schema.isPattern(/^[A-Z]{2}$/)),
  schema: Schema.Literal("assay-grant-1")
})
export type Grant = typeof Grant.Type
