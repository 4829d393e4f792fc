import type { PublicPrice } from "../../../api/embed/PublicPrice.ts"
import type { Lineage } from "../../../api/Lineage.ts"
import type { Problem } from "../../../api/Problem.ts"

/** What a page of others may ask. */
interface Answers {
  readonly price: PublicPrice
  readonly lineage: Lineage
}

/** An answer, or the code of why there is none. */
export type Told<A> = { readonly is: "told"; readonly value: A } | { readonly is: "refused"; readonly code: string }

/**
 * Asks a house by a token, and by nothing else that the browser knows.
 *
 * @param path  such as `products/orders_by_state`
 */
export async function askHouse<K extends keyof Answers>(
  house: string,
  path: string,
  what: K,
  token: string
): Promise<Told<Answers[K]>> {
  try {
    const answer = await fetch(`${house}/api/embed/v1/${path}/${what}`, {
      headers: { authorization: `Bearer ${token}` },
      credentials: "omit",
      cache: "no-store",
      referrerPolicy: "no-referrer"
    })
    const content: unknown = await answer.json()
    return answer.ok
      ? { is: "told", value: content as Answers[K] }
      : { is: "refused", code: (content as Problem).error.code }
  } catch {
    return { is: "refused", code: "network" }
  }
}
