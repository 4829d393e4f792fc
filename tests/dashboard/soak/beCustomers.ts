import type { LoadWorld } from "./LoadWorld.ts"

interface Licences {
  readonly cells: ReadonlyArray<{ purpose: string; recipient: string; answer: string }>
  readonly categories: ReadonlyArray<{ id: string; permitted: boolean }>
  readonly digest: string | null
}

const last = "2030-06-30"

/** Customers, one after the other, who look at what was done with their data, permit less, see what froze, and every third takes everything back. */
export async function beCustomers(world: LoadWorld, first: number): Promise<void> {
  const subjects = world.subjects()
  for (let round = 0; !world.stopping && subjects.length > 0; round++) {
    const subject = subjects[(first + round) % subjects.length]!
    const cookie = await world.signIn("customer", `customer-${subject}`, subject)
    if (cookie === undefined) continue
    const licences = await world.read<Licences>("/api/customer/licences", cookie)
    const cells = (licences?.cells ?? []).filter(({ answer }) => answer === "permitted")
    const categories = (licences?.categories ?? []).filter(({ permitted }) => permitted).map(({ id }) => id)
    const change = {
      cells: cells.slice(0, Math.ceil(cells.length / 2)).map(({ purpose, recipient }) => ({ purpose, recipient })),
      categories,
      until: last
    }
    const draft = await world.read<{ sha256: string }>("/api/customer/licences/draft", cookie, change)
    if (draft !== undefined) {
      const consent = { ...change, notice: draft.sha256, language: "zh" }
      const changed = await world.write<{ digest: string; receipt: { operation: string } | null }>(
        "grants",
        "/api/customer/licences",
        cookie,
        consent,
        ({ digest }) => digest
      )
      if (changed === undefined) world.unsure.revocations += 1
      else if (changed.receipt !== null) world.acknowledged.revocations.add(changed.receipt.operation)
    }
    if (round % 3 === 2) {
      await world.write<{ operation: string }>(
        "revocations",
        "/api/customer/revoke",
        cookie,
        {},
        ({ operation }) => operation
      )
    }
    for (const page of ["uses", "benefits", "receipts"]) await world.read(`/api/customer/${page}`, cookie)
    const gone = await world.ask("/api/sign-out", cookie, {})
    await gone?.arrayBuffer().catch(() => undefined)
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
}
