import type { LoadWorld } from "./LoadWorld.ts"

/** People who sign in and out, listen to events and stop, and one who comes back with the session of somebody who left. */
export async function comeAndGo(world: LoadWorld): Promise<void> {
  for (let round = 0; !world.stopping; round++) {
    const cookie = await world.signIn("steward", `guest-${round % 20}`)
    if (cookie === undefined) continue
    const leaving = new AbortController()
    const streams = [0, 1].map(() =>
      fetch(`${world.base}/api/events?topic=runs&after=0`, { headers: { cookie }, signal: leaving.signal })
        .then((answer) => answer.body?.getReader().read())
        .catch(() => undefined)
    )
    await Promise.all(streams)
    await world.read("/api/session", cookie)
    leaving.abort()
    const gone = await world.ask("/api/sign-out", cookie, {})
    await gone?.arrayBuffer().catch(() => undefined)
    if (gone?.ok !== true) continue
    const back = await world.ask("/api/orders", cookie)
    await back?.arrayBuffer().catch(() => undefined)
    if (back !== undefined && ![401, 429, 503].includes(back.status))
      world.wrong.push(`${back.status} for a session that was ended`)
    // Those without a session are limited by their address to 20 requests a second; these are some of them.
    await new Promise((resolve) => setTimeout(resolve, 150))
  }
}
