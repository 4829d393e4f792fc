import { Effect } from "effect"
import type { MasksOf } from "../../http/MasksOf.ts"
import type { Seen } from "../../view/Seen.ts"
import { seenBy } from "../../view/seenBy.ts"
import { stewardHandlers as open } from "./stewardHandlers.ts"
import { withoutHidden } from "./withoutHidden.ts"

/** The same answer as the caller may have it. */
const masked =
  <C extends { readonly masksOf: MasksOf }, A, E, R>(
    handler: (call: C) => Effect.Effect<A, E, R>,
    without: (seen: Seen, told: A) => A
  ) =>
  (call: C) =>
    Effect.flatMap(seenBy(call.masksOf), (seen) => Effect.map(handler(call), (told) => without(seen, told)))

/** The handlers of stewards that name columns. */
export const maskedHandlers = {
  stewardOverview: masked(open.stewardOverview, withoutHidden.overview),
  stewardSources: masked(open.stewardSources, withoutHidden.sources),
  stewardStream: masked(open.stewardStream, withoutHidden.stream),
  stewardInspect: masked(open.stewardInspect, withoutHidden.inspected),
  stewardAsset: masked(open.stewardAsset, withoutHidden.history),
  stewardRun: masked(open.stewardRun, withoutHidden.run),
  stewardDrafts: masked(open.stewardDrafts, withoutHidden.drafts),
  stewardIdentifiers: masked(open.stewardIdentifiers, withoutHidden.identifiers),
  stewardScanIdentifiers: masked(open.stewardScanIdentifiers, withoutHidden.scan)
}
