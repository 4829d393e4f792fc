import type { Certificate as Signed } from "#privacy/dp/certificate/Certificate.ts"
import type { ProductVersion } from "#catalog/product/ProductVersion.ts"
import type { Certificate } from "../../api/Certificate.ts"

/** What a buyer is told of a version's certificate. */
export function certificateOf({ certificate, columns }: ProductVersion): Certificate {
  const signed = certificate as Signed
  const unitOf = new Map(columns.map((column) => [column.name, column.unit]))
  return {
    release: signed.release,
    planHash: signed.plan,
    period: signed.period,
    unit: signed.unit.subject,
    groupsPerSubject: signed.bounds.groupsPerSubject,
    smallestGroup: signed.bounds.smallestGroup,
    mechanism: signed.mechanism,
    rho: signed.loss.rho,
    epsilon: signed.loss.epsilon,
    delta: signed.loss.delta,
    keys: signed.keys.map(({ name, rule }) => ({ field: name, rule })),
    threshold: signed.selection?.threshold ?? null,
    measures: signed.measures.map((measure) => ({
      name: measure.name,
      kind: measure.kind,
      unit: unitOf.get(measure.name) ?? "",
      lower: measure.lower,
      upper: measure.upper,
      halfWidth: measure.halfWidth95,
      relativeError: measure.predictedMedianRelativeError
    })),
    ...(signed.synthesis === undefined
      ? {}
      : {
          synthesis: {
            algorithm: signed.synthesis.algorithm,
            marginals: signed.synthesis.measurements.length,
            rules: signed.synthesis.rules,
            hash: signed.synthesis.marginals
          }
        }),
    issuedAt: signed.issuedAt,
    signature: signed.signature.value
  }
}
