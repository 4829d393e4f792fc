import { Schema } from "effect"
import gatesFile from "./gates.json" with { type: "json" }
import profile8 from "./profile-8.json" with { type: "json" }
import profile9 from "./profile-9.json" with { type: "json" }

const Text = Schema.Struct({ zh: Schema.NonEmptyString, en: Schema.NonEmptyString })
const Days = Schema.Int.check(Schema.isGreaterThan(0))

/** One measured item. `after`: needs trading history, so it counts from day 90 on. `sampled`: a rate, taken at its Wilson lower bound. */
const Item = Schema.Struct({
  id: Schema.NonEmptyString,
  name: Text,
  phase: Schema.Literals(["before", "after"]),
  validDays: Days,
  sampled: Schema.Boolean,
  weight: Schema.Finite.check(Schema.isGreaterThan(0)),
  /** What to do to raise it. */
  next: Text
})
export type Item = typeof Item.Type

const Profile = Schema.Struct({
  id: Schema.NonEmptyString,
  name: Text,
  /** What the method is and is not. */
  method: Text,
  target: Schema.Finite,
  leastSubScore: Schema.Finite,
  domains: Schema.NonEmptyArray(
    Schema.Struct({
      id: Schema.NonEmptyString,
      name: Text,
      weight: Schema.Finite.check(Schema.isGreaterThan(0)),
      items: Schema.NonEmptyArray(Item)
    })
  )
})
/** Domains, items and weights of an index; the weights of the domains sum to 100. */
export type Profile = typeof Profile.Type

const Gates = Schema.Struct({
  gates: Schema.Array(Schema.Struct({ id: Schema.NonEmptyString, name: Text, validDays: Days, next: Text }))
})

/** The profiles of the house, by name; data in this folder. */
export const profiles: Readonly<Record<"dcmm-8" | "dcmm-9", Profile>> = {
  "dcmm-8": Schema.decodeUnknownSync(Profile)(profile8),
  "dcmm-9": Schema.decodeUnknownSync(Profile)(profile9)
}

/** The eleven gates; any that fails vetoes the listing. */
export const gates = Schema.decodeUnknownSync(Gates)(gatesFile).gates
