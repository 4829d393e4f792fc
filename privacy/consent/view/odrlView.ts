import type { Grant } from "../grant/Grant.ts"

/** The house's actions in the words of ODRL and DPV. */
const actionIds: Readonly<Record<string, string>> = {
  collect: "dpv:Collect",
  store: "dpv:Store",
  derive: "odrl:derive",
  aggregate: "odrl:aggregate",
  train: "dpv:Train",
  display: "odrl:display",
  share: "odrl:distribute",
  sell: "odrl:sell"
}

const isoInstant = (seconds: number): string => new Date(seconds * 1000).toISOString()
const typed = (value: string, type: string) => ({ "@value": value, "@type": `xsd:${type}` })
const anyOf = (leftOperand: string, ids: ReadonlyArray<string>) =>
  ids.length === 0 ? [] : [{ leftOperand, operator: "odrl:isAnyOf", rightOperand: ids.map((id) => ({ "@id": id })) }]

/**
 * A grant as an ODRL 2.2 agreement in JSON-LD, for others to read. What decides in this house is the grant itself: ODRL says how a policy
 * is written down, and leaves open how several rules are judged together.
 *
 * @source W3C ODRL Information Model 2.2 and Vocabulary; the conflict strategy is its `prohibit`
 */
export function odrlView(grant: Grant, digest: string): object {
  const { subject, controller, nbf, exp, rules } = grant
  const rule = ({ actions, purposes, recipientClass, categories }: Grant["rules"][number]) => ({
    assigner: `urn:assay:subject:${subject}`,
    assignee: controller,
    target: categories.length === 0 ? "dpv:PersonalData" : categories.map((id) => ({ "@id": id })),
    action: actions.map((action) => ({ "@id": actionIds[action]! })),
    constraint: [
      ...anyOf("odrl:purpose", purposes),
      ...anyOf("odrl:recipient", recipientClass),
      { leftOperand: "odrl:dateTime", operator: "odrl:gteq", rightOperand: typed(isoInstant(nbf), "dateTime") },
      { leftOperand: "odrl:dateTime", operator: "odrl:lt", rightOperand: typed(isoInstant(exp), "dateTime") }
    ]
  })
  const of = (effect: "permit" | "prohibit") => rules.filter((one) => one.effect === effect).map(rule)
  return {
    "@context": [
      "http://www.w3.org/ns/odrl.jsonld",
      { dpv: "https://w3id.org/dpv#", "dpv-pd": "https://w3id.org/dpv/pd#", xsd: "http://www.w3.org/2001/XMLSchema#" }
    ],
    "@type": "Agreement",
    uid: `urn:assay:grant:${digest}`,
    profile: "https://w3id.org/dpv",
    conflict: { "@id": "odrl:prohibit" },
    permission: of("permit"),
    prohibition: of("prohibit")
  }
}
