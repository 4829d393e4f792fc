import type { Certificate } from "#privacy/dp/certificate/Certificate.ts"

/** The certificate of a release with the keys role and stage and one count, as the privacy floor writes it. */
export const sampleCertificate: Certificate = {
  format: "assay-certificate/1",
  release: "rel_1",
  product: "orders_by_state",
  period: "2026-11",
  issuedAt: "2026-11-12T08:30:00.000Z",
  plan: "9f2c61d0a4b85e7730c1f6a2d98e4b5c7a1038e6f4d2b9c05e8a7f31d6c4b290",
  lineage: { level: "asset", assets: ["core.order"] },
  unit: { subject: "subject_id", neighbours: "one subject with all of its rows added or removed" },
  bounds: { groupsPerSubject: 1, smallestGroup: 5 },
  mechanism: "integer totals with discrete Gaussian noise",
  loss: { rho: 0.0244, epsilon: 1, delta: 1e-6, conversionDelta: 5e-7, selectionDelta: 5e-7 },
  keys: [
    { name: "role", from: "role", rule: "selected" },
    { name: "stage", from: "stage", rule: "public list", values: 4 }
  ],
  selection: { rho: 0.01, variance: 50, threshold: 41.2 },
  measures: [
    {
      name: "accounts",
      kind: "subjects",
      lower: 0,
      upper: 1,
      step: 1,
      sensitivitySquared: "1",
      rho: 0.0144,
      variance: 36,
      expectedError: 4.8,
      halfWidth95: 12,
      predictedMedianRelativeError: 0.08
    }
  ],
  prediction: { from: "declared", subjects: 7000 },
  statements: [],
  hash: "0".repeat(64),
  signature: { algorithm: "Ed25519", publicKey: "", value: "u7Yk2vR0qL3n8wZxA1bC5dE9fG4hJ6kM" }
}
