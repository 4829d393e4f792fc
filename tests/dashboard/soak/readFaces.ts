import type { Route } from "#dashboard/api/route.ts"
import { Role } from "#dashboard/api/Role.ts"
import { routes } from "#dashboard/api/routes.ts"
import type { LoadWorld } from "./LoadWorld.ts"

const words = ["buyers", "region", "设备", "成熟度", "decision", "chain", "price", "买家", "maturity", "spend"]

/** Somebody of every role, one after the other, who opens all that needs no name, and products, assets and runs by theirs. */
export async function readFaces(world: LoadWorld, who: string): Promise<void> {
  const subject = world.subjects()[0]
  const cookies = new Map<Role, string>()
  for (const role of Role.literals) {
    const cookie = await world.signIn(role, `${who}-${role}`, role === "customer" ? subject : undefined)
    if (cookie !== undefined) cookies.set(role, cookie)
  }
  const plain = Object.values<Route>(routes).filter(
    ({ method, path, response, query }) =>
      method === "GET" && !path.includes(":") && response !== "stream" && Object.keys(query ?? {}).length === 0
  )
  const read = async (path: string, role: Role, body?: object): Promise<void> => {
    const cookie = cookies.get(role)
    if (cookie === undefined) return
    const answer = await world.ask(path, cookie, body)
    await answer?.arrayBuffer().catch(() => undefined)
    // Whoever is signed in and asks for what is theirs is answered, or told to come again.
    if (answer !== undefined && answer.status >= 400 && answer.status !== 503 && answer.status !== 429)
      world.wrong.push(`${answer.status} ${path} for ${role}`)
  }
  for (let round = 0; !world.stopping; round++) {
    for (const { path, callers } of plain) {
      if (world.stopping) return
      const roles = callers === "anyone" ? Role.literals : callers
      await read(path, roles[round % roles.length]!)
    }
    const buyer = cookies.get("buyer")
    const list = await world.read<ReadonlyArray<{ id: string }>>("/api/products", buyer)
    const product = list?.[round % list.length]
    if (product !== undefined) await read(`/api/products/${product.id}`, "buyer")
    const text = `${words[round % words.length]!} ${round}`
    await read(`/api/search?text=${encodeURIComponent(text)}`, "buyer")
    await read(`/api/search?text=${encodeURIComponent(words[round % words.length]!)}&order=price`, "executive")
    const assets = await world.read<{ nodes?: ReadonlyArray<{ key: string }> }>("/api/assets", cookies.get("steward"))
    const asset = assets?.nodes?.[round % assets.nodes.length]
    if (asset !== undefined) {
      await read(`/api/assets/${asset.key}`, "steward")
      await read(`/api/steward/assets/${asset.key}`, "steward")
    }
    await read("/api/auditor/entries", "auditor")
    await read("/api/access/decisions", "admin")
    if (round % 5 === 4) await read("/api/auditor/verify", "auditor", {})
  }
}
