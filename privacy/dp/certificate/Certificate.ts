/** The public proof of a release: what was protected, how, and how far its figures can be trusted. Nothing exact is in it. */
export interface CertificateBody {
  readonly format: "assay-certificate/1"
  /** random; says nothing about the data */
  readonly release: string
  readonly product: string
  readonly period: string
  readonly issuedAt: string
  /** SHA-256 of what was asked */
  readonly plan: string
  readonly lineage: { readonly level: "asset"; readonly assets: ReadonlyArray<string> }
  readonly unit: {
    readonly subject: "subject_id" | "subject_month"
    readonly neighbours: string
    /** of a subject's month: the column that says the month, and what a subject has lost that was there in so many */
    readonly time?: string
    readonly over?: ReadonlyArray<{
      readonly months: number
      readonly rho: number
      readonly epsilon: number
      readonly delta: number
    }>
  }
  readonly bounds: { readonly groupsPerSubject: number; readonly smallestGroup: number }
  readonly mechanism: string
  readonly loss: {
    readonly rho: number
    /** (epsilon, delta) of the whole release */
    readonly epsilon: number
    readonly delta: number
    /** parts of delta: of the conversion from rho, and of key selection */
    readonly conversionDelta: number
    readonly selectionDelta: number
  }
  readonly keys: ReadonlyArray<{
    readonly name: string
    readonly from: string
    readonly rule: "selected" | "public list" | "public range"
    /** how many public values; absent for selected keys */
    readonly values?: number
  }>
  /** cells that were chosen by private choices before they were measured */
  readonly peel?: { readonly by: string; readonly k: number; readonly rho: number; readonly epsilonPerChoice: number }
  readonly selection?: { readonly rho: number; readonly variance: number; readonly threshold: number }
  readonly census?: { readonly rho: number; readonly statement: string }
  readonly measures: ReadonlyArray<{
    readonly name: string
    readonly kind: "rows" | "subjects" | "sum"
    readonly column?: string
    /** what is made of the subjects' sums, instead of their total */
    readonly statistic?: "mean" | "variance" | "quantile" | "bands"
    /** of a quantile: its probability */
    readonly share?: number
    /** of a band: the subjects in it have values above the first and up to the second; null: no end on that side */
    readonly band?: { readonly above: number | null; readonly upTo: number | null }
    /** bounds that were found by a charged mechanism, not public: which, and the rho that they took of the measure's */
    readonly boundsFound?: { readonly lower: boolean; readonly upper: boolean; readonly rho: number }
    readonly currency?: string
    /** clamp of one subject's part of one group, in the measure's own unit, as is all that follows */
    readonly lower: number
    readonly upper: number
    readonly step: number
    /** squared L2 sensitivity, in steps */
    readonly sensitivitySquared: string
    readonly rho: number
    readonly variance: number
    readonly expectedError: number
    /** of the 95 % interval around each figure; where it differs by cell, of a typical one */
    readonly halfWidth95: number
    /** where it differs by cell: of each row, in the order of the table */
    readonly halfWidths95?: ReadonlyArray<number>
    readonly predictedMedianRelativeError: number
  }>
  /** of synthetic rows: every marginal they were made from */
  readonly synthesis?: {
    readonly algorithm: string
    readonly rows: number
    readonly rules: number
    readonly measurements: ReadonlyArray<{
      readonly columns: ReadonlyArray<string>
      readonly sigma: number
      readonly rho: number
    }>
    /** SHA-256 of the canonical JSON of the noisy marginals */
    readonly marginals: string
  }
  readonly prediction: { readonly from: "declared" | "paid" | "census"; readonly subjects: number }
  readonly statements: ReadonlyArray<string>
}

/** A body with its hash and signature. */
export interface Certificate extends CertificateBody {
  /** SHA-256 of the canonical JSON of the body */
  readonly hash: string
  readonly signature: { readonly algorithm: "Ed25519"; readonly publicKey: string; readonly value: string }
}
