import type { LoadWorld } from "./LoadWorld.ts"

/** A steward who edits every product and watches what it would give; nothing is taken up. */
export async function designProducts(world: LoadWorld): Promise<void> {
  const cookie = await world.signIn("steward", "designer")
  const drafts = await world.read<{ products: ReadonlyArray<{ draft: { release: object } }> }>(
    "/api/steward/drafts",
    cookie
  )
  const products = drafts?.products ?? []
  for (let round = 0; !world.stopping && products.length > 0; round++) {
    const { draft } = products[round % products.length]!
    const epsilon = 0.3 + (round % 30) / 20
    // Each shape once in a while: what is remembered of curves has to go again.
    const bounds = { groups_per_subject: 2 + (round % 40), rows_per_group: 1 }
    const release = "bounds" in draft.release ? { ...draft.release, epsilon, bounds } : { ...draft.release, epsilon }
    const answer = await world.ask("/api/steward/design", cookie, { draft: { ...draft, release } })
    await answer?.arrayBuffer().catch(() => undefined)
  }
}
