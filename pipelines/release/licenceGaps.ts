import type { Connection } from "../sources/Connections.ts"
import { actionsOf } from "../guard/actionsOf.ts"
import type { ReleaseDefinition } from "./ReleaseDefinition.ts"

/**
 * What the licences that the source files declare leave open for a release: streams that it is made from whose licence is missing, has
 * expired, or names neither its purpose nor the actions it takes. Told at plan; a steward decides before anything is sold.
 *
 * @param lineage  keys of every asset that the release is made from
 */
export function licenceGaps(
  { purpose, ...kind }: ReleaseDefinition,
  lineage: ReadonlySet<string>,
  connected: ReadonlyArray<Connection>,
  asOf: string
): ReadonlyArray<string> {
  return connected.flatMap(({ spec }) =>
    spec.streams
      .filter(({ stream }) => lineage.has(`raw.${spec.source}__${stream}`))
      .flatMap(({ stream, licence }) => {
        const name = `${spec.source}.${stream}`
        if (licence === undefined) return [`${name} declares no licence`]
        const missing = actionsOf(kind).filter((action) => !licence.actions.some((one) => one === action))
        return [
          ...(licence.purposes.includes(purpose)
            ? []
            : [`the licence of ${name} does not name the purpose ${purpose}`]),
          ...(missing.length === 0 ? [] : [`the licence of ${name} does not allow to ${missing.join(" or ")}`]),
          ...(licence.expires !== undefined && licence.expires < asOf ? [`the licence of ${name} has expired`] : [])
        ]
      })
  )
}
