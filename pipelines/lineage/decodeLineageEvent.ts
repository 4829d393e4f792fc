import { Result, Schema } from "effect"
import { BadInput } from "#core/BadInput.ts"

/** As the specification's formats ask for: an instant with its zone, a URI with a scheme, a UUID. */
const Instant = Schema.String.pipe(
  Schema.check(
    Schema.isPattern(/^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:?\d\d)$/),
    Schema.makeFilter((text) => !Number.isNaN(Date.parse(text)))
  )
)
const Uri = Schema.String.pipe(Schema.check(Schema.isPattern(/^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`]+$/)))
const Uuid = Schema.String.pipe(
  Schema.check(Schema.isPattern(/^(?:urn:uuid:)?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i))
)

const Facets = Schema.optionalKey(Schema.Record(Schema.String, Schema.Struct({ _producer: Uri, _schemaURL: Uri })))
const Named = { namespace: Schema.String, name: Schema.String, facets: Facets }
const Inputs = Schema.optionalKey(Schema.Array(Schema.Struct({ ...Named, inputFacets: Facets })))
const Outputs = Schema.optionalKey(Schema.Array(Schema.Struct({ ...Named, outputFacets: Facets })))
const Job = Schema.Struct(Named)
const Base = { eventTime: Instant, producer: Uri, schemaURL: Uri }

const RunEvent = Schema.Struct({
  ...Base,
  eventType: Schema.optionalKey(Schema.Literals(["START", "RUNNING", "COMPLETE", "ABORT", "FAIL", "OTHER"])),
  run: Schema.Struct({ runId: Uuid, facets: Facets }),
  job: Job,
  inputs: Inputs,
  outputs: Outputs
})
const JobEvent = Schema.Struct({ ...Base, job: Job, inputs: Inputs, outputs: Outputs })
const DatasetEvent = Schema.Struct({ ...Base, dataset: Schema.Struct(Named) })

/** What is read of an event; the rest of it is kept as it came. */
export interface LineageEvent {
  readonly eventTime: string
  readonly eventType?: string
  readonly run?: { readonly runId: string }
  readonly job?: { readonly namespace: string; readonly name: string }
}

/**
 * Holds a document against what specification 2-0-2 requires of a run, job or dataset event.
 *
 * @throws BadInput for anything else; nothing of the document is repeated
 */
export function decodeLineageEvent(document: unknown): LineageEvent {
  const has = (name: string): boolean => typeof document === "object" && document !== null && name in document
  const schema: Schema.Codec<LineageEvent, unknown> = has("run") ? RunEvent : has("job") ? JobEvent : DatasetEvent
  // An event is exactly one of the three.
  const decoded = has("dataset") && has("job") && has("run") ? undefined : Schema.decodeUnknownResult(schema)(document)
  if (decoded !== undefined && Result.isSuccess(decoded)) return decoded.success
  throw new BadInput({
    code: "lineage.event",
    message: "The document is no OpenLineage event of specification 2-0-2.",
    fix: "Send one run, job or dataset event with eventTime, producer and schemaURL; every facet needs _producer and _schemaURL."
  })
}
