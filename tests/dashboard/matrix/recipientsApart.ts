import { otherRoutes } from "#dashboard/api/otherRoutes.ts"
import type { FullHouse } from "./FullHouse.ts"

const never = "orders_by_nobody"

/** Every route of tokens, with the token of one recipient and the names of another: as if the other's table had never been. */
export async function recipientsApart(house: FullHouse): Promise<ReadonlyArray<string>> {
  const wrong: Array<string> = []
  const [a, b] = house.of("buyer").map(({ name }) => house.secrets[name]!) as [Secret, Secret]
  const ask = async (method: string, path: string, token: string): Promise<{ status: number; text: string }> => {
    const answer = await fetch(`${house.base}${path}`, { method, headers: { authorization: `Bearer ${token}` } })
    return { status: answer.status, text: await answer.text() }
  }
  const tickets: Array<string> = []
  for (const [mine, theirs] of [
    [a, b],
    [b, a]
  ] as const) {
    for (const { method, path, callers } of otherRoutes) {
      if (callers !== "recipients" || !/^\/(?:delta-sharing|api\/v1)\//.test(path)) continue
      const lookup = path.startsWith("/api/v1/")
      const token = lookup ? mine.key : mine.share
      const at = (name: string): string =>
        path
          .replace(":schema", "releases")
          .replace(/:(?:share|table|product)/g, name)
          .replace(":ticket", "a.b.c.d")
      const other = await ask(method, at(theirs.product), token)
      if (path.includes(":") && !path.includes(":ticket")) {
        const nobodys = await ask(method, at(never), token)
        const plain = ({ status, text }: typeof other, name: string): string =>
          `${status} ${text.replaceAll(name, "*")}`
        if (plain(other, theirs.product) !== plain(nobodys, never) || other.status < 400)
          wrong.push(`${method} ${path}: ${other.status} ${other.text} / ${nobodys.status} ${nobodys.text}`)
        const share = `/shares/${mine.product}/`
        if (path.includes(":table") && (await ask(method, at(mine.product), token)).status >= 500) wrong.push(share)
      } else if (other.text.includes(theirs.product)) wrong.push(`${path} names ${theirs.product}`)
      // A key opens no share, a share answers no lookup, and a session is neither.
      const session = house.of("buyer")[0].cookie
      for (const wrongOne of [lookup ? mine.share : mine.key, session.slice(session.indexOf("=") + 1)]) {
        const { status } = await ask(method, at(mine.product), wrongOne)
        if (status !== 401 && !path.includes(":ticket"))
          wrong.push(`${method} ${path} with another kind of token: ${status}`)
      }
    }
    const table = `/delta-sharing/shares/${mine.product}/schemas/releases/tables/${mine.product}`
    const { text } = await ask("POST", `${table}/query`, mine.share)
    tickets.push(/\/files\/([\w.-]+)/.exec(text)![1]!)
  }
  // An address of a file is whole or nothing: no part of one fits another.
  const [first, second] = tickets.map((ticket) => ticket.split(".")) as [Array<string>, Array<string>]
  for (let mixed = 1; mixed < 2 ** first.length - 1; mixed++) {
    const parts = first.map((part, i) => ((mixed >> i) & 1 ? second[i]! : part))
    const joined = parts.join(".")
    if (tickets.includes(joined)) continue
    const { status } = await ask("GET", `/delta-sharing/files/${joined}`, "")
    if (status !== 403) wrong.push(`mixed ticket ${mixed}: ${status}`)
  }
  for (const ticket of tickets)
    if ((await ask("GET", `/delta-sharing/files/${ticket}`, "")).status !== 200)
      wrong.push("a whole ticket opens nothing")
  return wrong
}

type Secret = FullHouse["secrets"][string]
