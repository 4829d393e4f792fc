import { createHash } from "node:crypto"
import type { LoadWorld } from "./LoadWorld.ts"

const formats = ["csv", "parquet", "jsonl", "arrow"]

/** A buyer and a steward at work: quote, order, pay, pay again, download in every format, now and then hang up in the middle. */
export async function buyProducts(world: LoadWorld, buyer: string): Promise<void> {
  const own = await world.signIn("buyer", buyer)
  const steward = await world.signIn("steward", `steward-of-${buyer}`)
  if (own === undefined || steward === undefined) return
  const digests = new Map<string, string>()
  for (let round = 0; !world.stopping; round++) {
    const list = await world.read<ReadonlyArray<{ id: string }>>("/api/products", own)
    const product = list?.[round % list.length]?.id
    if (product === undefined) continue
    const quote = await world.write<{ id: string }>("quotes", "/api/quotes", own, { product }, ({ id }) => id)
    if (quote === undefined) continue
    const order = await world.write<{ id: string }>("orders", "/api/orders", own, { quote: quote.id }, ({ id }) => id)
    if (order === undefined) continue
    const pay = `/api/orders/${order.id}/pay`
    if ((await world.write<{ id: string }>("paid", pay, steward, {}, ({ id }) => id)) === undefined) {
      world.unsure.invoices += 1
      continue
    }
    world.acknowledged.invoices.add(order.id)
    const again = await world.ask(pay, steward, {})
    await again?.arrayBuffer().catch(() => undefined)
    const format = formats[round % formats.length]!
    const file = await world.ask(`/api/orders/${order.id}/delivery?format=${format}`, own)
    if (round % 7 === 6) {
      await file?.body?.cancel().catch(() => undefined)
      continue
    }
    const bytes = await file?.arrayBuffer().catch(() => undefined)
    if (bytes === undefined || file?.ok !== true) continue
    // The same version in the same format is the same bytes each time, under the name that was promised.
    const digest = createHash("sha256").update(new Uint8Array(bytes)).digest("hex")
    if (file.headers.get("etag") !== `"${digest}"`) world.wrong.push(`other bytes than promised: ${product} ${format}`)
    const key = `${product} ${format} ${file.headers.get("x-assay-artefact")}`
    if ((digests.get(key) ?? digest) !== digest) world.wrong.push(`other bytes than before: ${key}`)
    digests.set(key, digest)
  }
}
