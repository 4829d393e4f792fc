import type { Schema } from "effect"
import type { Problem } from "../../api/Problem.ts"
import type { routes } from "../../api/routes.ts"
import { ApiProblem } from "./ApiProblem.ts"
import { passkeys } from "./passkeys.ts"

type Routes = typeof routes
type Answer<K extends keyof Routes> = Routes[K]["response"] extends Schema.Codec<infer A> ? A : never
type Body<K extends keyof Routes> = Routes[K] extends { readonly body: Schema.Codec<infer A> } ? A : undefined

/** Calls a route by its address; the name gives the types. Throws ApiProblem, also when the server cannot be reached. */
export async function ask<K extends keyof Routes>(
  name: K,
  address: string,
  body?: Body<K> | "post"
): Promise<Answer<K>> {
  try {
    return await askOnce(name, address, body)
  } catch (cause) {
    if (!(cause instanceof ApiProblem) || cause.problem.code !== "access.stepup") throw cause
    // A step that needs it is asked for again once the passkey has confirmed; without one the first answer stands.
    const confirmed = await passkeys.verify().then(
      () => true,
      () => false
    )
    if (!confirmed) throw cause
    return askOnce(name, address, body)
  }
}

async function askOnce<K extends keyof Routes>(_name: K, address: string, body?: Body<K> | "post"): Promise<Answer<K>> {
  const request: RequestInit =
    body === undefined
      ? {}
      : body === "post"
        ? { method: "POST" }
        : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) }
  let answer: Response
  try {
    answer = await fetch(address, request)
  } catch {
    throw new ApiProblem(0, { code: "network", message: "", fix: "" })
  }
  const content: unknown = await answer.json().catch(() => undefined)
  if (answer.ok) return content as Answer<K>
  const problem = (content as Problem | undefined)?.error
  throw new ApiProblem(answer.status, problem ?? { code: "network", message: "", fix: "" })
}
