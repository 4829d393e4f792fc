import { Schema } from "effect"

/** What a buyer is told of the certificate: the promise, its bounds and its expected error. No unnoised count. */
export const Certificate = Schema.Struct({
  release: Schema.String,
  planHash: Schema.String,
  period: Schema.String,
  /** The column that names the subject: who is protected. */
  unit: Schema.String,
  groupsPerSubject: Schema.Int,
  /** Fewest subjects of a group that may be listed; 0 where all groups are public. */
  smallestGroup: Schema.Int,
  mechanism: Schema.String,
  rho: Schema.Finite,
  epsilon: Schema.Finite,
  delta: Schema.Finite,
  /** How the groups came to be listed. */
  keys: Schema.Array(
    Schema.Struct({ field: Schema.String, rule: Schema.Literals(["selected", "public list", "public range"]) })
  ),
  /** Noisy count below which a group was left out; null when all groups are public. */
  threshold: Schema.NullOr(Schema.Finite),
  measures: Schema.Array(
    Schema.Struct({
      name: Schema.String,
      kind: Schema.Literals(["rows", "subjects", "sum"]),
      unit: Schema.String,
      /** Clamp on one subject's part of one group. */
      lower: Schema.Finite,
      upper: Schema.Finite,
      /** Half width of the 95 % interval of a single cell. */
      halfWidth: Schema.Finite,
      /** Median relative error predicted before the release; null when not stated. */
      relativeError: Schema.NullOr(Schema.Finite)
    })
  ),
  /** Of synthetic rows: how they were made, from how many noisy marginals, and how many rules they keep. */
  synthesis: Schema.optionalKey(
    Schema.Struct({ algorithm: Schema.String, marginals: Schema.Int, rules: Schema.Int, hash: Schema.String })
  ),
  issuedAt: Schema.String,
  signature: Schema.String
}).annotate({ identifier: "Certificate" })
export type Certificate = typeof Certificate.Type
