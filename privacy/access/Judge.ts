import { preparsePolicySet, preparseSchema, statefulIsAuthorized, validate } from "@cedar-policy/cedar-wasm/nodejs"
import type { EntityJson } from "@cedar-policy/cedar-wasm/nodejs"
import { sha256Hex } from "#core/json/sha256Hex.ts"
import type { Decision } from "./Decision.ts"
import type { Surroundings } from "./Surroundings.ts"
import type { Viewer } from "./Viewer.ts"

/** What is asked about: an entity of the schema with its attributes. */
export interface Resource {
  readonly type: "Route" | "Fields"
  readonly id: string
  readonly attrs: EntityJson["attrs"]
}

const mostKept = 20_000
/** From here on a verification is no longer fresh, and older ones are all alike. */
const freshSeconds = 300

/**
 * A set of policies, parsed once. Whatever goes wrong in a decision refuses: Cedar itself skips a policy that fails, and a forbid that is
 * skipped would permit.
 */
export class Judge {
  /** Names the text of the policies: a decision holds for one epoch of them. */
  readonly epoch: string
  readonly #kept = new Map<string, Decision>()

  /** @throws Error when the policies do not fit the schema: a house with broken policies does not start */
  constructor(schema: string, policies: Readonly<Record<string, string>>) {
    this.epoch = sha256Hex(JSON.stringify([schema, Object.entries(policies)])).slice(0, 16)
    const staticPolicies = { ...policies }
    const checked = validate({ schema, policies: { staticPolicies } })
    const wrong =
      checked.type === "failure"
        ? checked.errors.map(({ message }) => message)
        : checked.validationErrors.map(({ policyId, error }) => `${policyId}: ${error.message}`)
    if (wrong.length > 0) throw new Error(`The access policies do not hold: ${wrong.join("; ")}`)
    for (const parsed of [preparseSchema(this.epoch, schema), preparsePolicySet(this.epoch, { staticPolicies })]) {
      if (parsed.type === "failure") throw new Error(`The access policies cannot be read: ${parsed.errors[0]?.message}`)
    }
  }

  /** Decides, or recalls what it decided for the same role, device, freshness, circumstances and resource. */
  decide(viewer: Viewer, action: string, resource: Resource, around: Surroundings): Decision {
    // What is decided depends on the key alone. An age that is no number is an old one.
    const assurance = viewer.assurance >= 0 && viewer.assurance < freshSeconds ? 0 : freshSeconds
    const { role, device } = viewer
    const key = JSON.stringify([role, device, assurance, action, around, resource])
    const known = this.#kept.get(key)
    if (known !== undefined) return known
    const decision = this.#ask({ role, device, assurance }, action, resource, around)
    if (this.#kept.size >= mostKept) this.#kept.clear()
    this.#kept.set(key, decision)
    return decision
  }

  #ask(viewer: Omit<Viewer, "name">, action: string, { type, id, attrs }: Resource, around: Surroundings): Decision {
    const principal = { type: "User", id: viewer.role }
    const resource = { type, id }
    const answer = statefulIsAuthorized({
      principal,
      action: { type: "Action", id: action },
      resource,
      context: { ...around },
      validateRequest: true,
      preparsedSchemaName: this.epoch,
      preparsedPolicySetId: this.epoch,
      entities: [
        {
          uid: principal,
          attrs: {
            role: { __entity: { type: "Role", id: viewer.role } },
            device: viewer.device,
            assurance: viewer.assurance
          },
          parents: []
        },
        { uid: resource, attrs, parents: [] }
      ]
    })
    if (answer.type === "failure" || answer.response.diagnostics.errors.length > 0) {
      return { allowed: false, because: ["error"] }
    }
    const { decision, diagnostics } = answer.response
    const because = diagnostics.reason.length === 0 ? ["none"] : diagnostics.reason.toSorted()
    return { allowed: decision === "allow", because }
  }
}
