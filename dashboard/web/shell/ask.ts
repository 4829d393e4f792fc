import type { Schema } from "effect"
import type { Problem } from "../../api/Problem.ts"
import type { routes } from "../../api/routes.ts"
import { ApiProblem } from "./ApiProblem.ts"

type Routes = typeof routes
type Answer<K extends keyof Routes> = Routes[K]["response"] extends Schema.Codec<infer A> ? A : never
type Body<K extends keyof Routes> = Routes[K] extends { readonly body: Schema.Codec<infer A> } ? A : undefined

/** Calls a route by its address; the name gives the types. Throws ApiProblem, also when the server cannot be reached. */
export async function ask<K extends keyof Routes>(
  _name: K,
  address: string,
  body?: Body<K> | "post"
): Promise<Answer<K>> {
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
