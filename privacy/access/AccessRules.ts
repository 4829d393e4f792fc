import type { Decision } from "./Decision.ts"
import { Judge } from "./Judge.ts"
import { masks } from "./Mask.ts"
import type { Mask } from "./Mask.ts"
import type { RouteFacts } from "./RouteFacts.ts"
import type { Surroundings } from "./Surroundings.ts"
import type { Viewer } from "./Viewer.ts"

/** A field by its name and what is known of it. */
export interface TaggedField {
  readonly name: string
  /** Categories of its source, `unclassified`, `identifier`, or names of the house. None at all counts as `unclassified`. */
  readonly tags: ReadonlyArray<string>
}

/** The house's rules of access: who may call which route, and how clearly a field is shown to whom. */
export class AccessRules {
  readonly #judge: Judge

  constructor(schema: string, policies: Readonly<Record<string, string>>) {
    this.#judge = new Judge(schema, policies)
  }

  /** Names the policies in force; every recorded decision carries it. */
  get epoch(): string {
    return this.#judge.epoch
  }

  /** Whether a route may be called. */
  call(viewer: Viewer, route: RouteFacts, around: Surroundings): Decision {
    const callers = (route.callers ?? []).map((role) => ({ __entity: { type: "Role", id: role } }))
    const { fresh, writes } = route
    return this.#judge.decide(
      viewer,
      "call",
      { type: "Route", id: route.name, attrs: { callers, open: route.callers === undefined, fresh, writes } },
      around
    )
  }

  /** How clearly each field may be shown: the clearest mask that a policy permits for its set of tags. */
  fields(viewer: Viewer, fields: ReadonlyArray<TaggedField>, around: Surroundings): ReadonlyMap<string, Mask> {
    return new Map(fields.map(({ name, tags }) => [name, this.#mask(viewer, tags, around)]))
  }

  #mask(viewer: Viewer, tags: ReadonlyArray<string>, around: Surroundings): Mask {
    const set = tags.length === 0 ? ["unclassified"] : [...new Set(tags)].toSorted()
    const resource = { type: "Fields" as const, id: set.join(" "), attrs: { tags: set } }
    return (
      masks.find((mask) => mask !== "hidden" && this.#judge.decide(viewer, mask, resource, around).allowed) ?? "hidden"
    )
  }
}
