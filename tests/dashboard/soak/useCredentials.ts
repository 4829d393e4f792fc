import type { LoadWorld } from "./LoadWorld.ts"

/** Programs of a buyer: a key that looks rows up, a Delta Sharing profile that reads a table, both ended after use. */
export async function useCredentials(world: LoadWorld): Promise<void> {
  const seller = await world.signIn("steward", "steward-of-programs")
  for (let round = 0; !world.stopping; round++) {
    // Making a credential wants somebody who has just shown that it is them.
    const cookie = await world.signIn("buyer", "programs")
    if (cookie === undefined || seller === undefined) return
    const list = await world.read<ReadonlyArray<{ id: string }>>("/api/products", cookie)
    const product = list?.[round % list.length]?.id
    if (product === undefined) continue
    const quote = await world.write<{ id: string }>("quotes", "/api/quotes", cookie, { product }, ({ id }) => id)
    const order =
      quote === undefined
        ? undefined
        : await world.write<{ id: string }>("orders", "/api/orders", cookie, { quote: quote.id }, ({ id }) => id)
    if (order === undefined) continue
    const paid = await world.write<{ id: string }>("paid", `/api/orders/${order.id}/pay`, seller, {}, ({ id }) => id)
    if (paid === undefined) {
      world.unsure.invoices += 1
      continue
    }
    world.acknowledged.invoices.add(order.id)
    const credential = { holder: order.id }
    const id = (made: { id: string }): string => made.id
    const key = await world.write<{ id: string; secret: string }>("keys", "/api/buyer/keys", cookie, credential, id)
    if (key !== undefined) {
      const bearer = { authorization: `Bearer ${key.secret}` }
      for (let i = 0; i < 20 && !world.stopping; i++) {
        const rows = await world.ask(`/api/v1/lookup/${product}?limit=5`, undefined, undefined, bearer)
        await rows?.arrayBuffer().catch(() => undefined)
      }
      const ended = await world.ask(`/api/buyer/keys/${key.id}/revoke`, cookie, {})
      await ended?.arrayBuffer().catch(() => undefined)
      const after = await world.ask("/api/v1/usage", undefined, undefined, bearer)
      await after?.arrayBuffer().catch(() => undefined)
      if (ended?.ok === true && after !== undefined && after.status < 400)
        world.wrong.push("a key that was ended still opens")
    }
    const share = await world.write<{ id: string; secret: string }>(
      "shares",
      "/api/buyer/shares",
      cookie,
      credential,
      id
    )
    if (share !== undefined) await readShare(world, share.secret)
    if (share !== undefined) {
      const ended = await world.ask(`/api/buyer/shares/${share.id}/revoke`, cookie, {})
      await ended?.arrayBuffer().catch(() => undefined)
    }
    const gone = await world.ask("/api/sign-out", cookie, {})
    await gone?.arrayBuffer().catch(() => undefined)
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
}

async function readShare(world: LoadWorld, profile: string): Promise<void> {
  const { bearerToken } = JSON.parse(profile) as { bearerToken: string }
  const headers = { authorization: `Bearer ${bearerToken}` }
  const ask = (path: string, body?: object) => world.ask(`/delta-sharing${path}`, undefined, body, headers)
  const shares = (await (await ask("/shares"))?.json().catch(() => undefined)) as
    | { items?: ReadonlyArray<{ name: string }> }
    | undefined
  const share = shares?.items?.[0]?.name
  if (share === undefined) return
  const told = await ask(`/shares/${share}/schemas/releases/tables/${share}/query`, {})
  const lines = ((await told?.text().catch(() => "")) ?? "").trim().split("\n")
  if (told?.ok !== true) return
  const { file } = JSON.parse(lines.at(-1)!) as { file: { url: string; size: number } }
  const answer = await world.ask(new URL(file.url).pathname, undefined)
  const bytes = await answer?.arrayBuffer().catch(() => undefined)
  if (answer?.ok === true && bytes !== undefined && bytes.byteLength !== file.size)
    world.wrong.push("a shared file of another length")
}
