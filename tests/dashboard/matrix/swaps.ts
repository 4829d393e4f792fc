import { Schema } from "effect"
import type { Route } from "#dashboard/api/route.ts"
import { admits, declared } from "./FullHouse.ts"
import type { FullHouse } from "./FullHouse.ts"
import { kindsOf, neverOf } from "./kindOfParameter.ts"
import { leaves } from "./leaves.ts"
import type { Person, Thing } from "./openFullHouse.ts"
import { sampleBodies } from "./sampleBodies.ts"

/** What went wrong, and how much was tried. */
export interface Tried {
  readonly wrong: ReadonlyArray<string>
  readonly counts: ReadonlyArray<number>
}

const withParameters = declared.filter(([, { path }]) => path.includes(":"))
/** Those that `uncovered` complains of are not tried. */
const covered = (house: FullHouse) =>
  withParameters.filter(([, { path }]) => kindsOf(path).every((kind) => house.things[kind ?? ""] !== undefined))

/** Who may act on what belongs to somebody else, as their part in the house. */
const forOthers: ReadonlyArray<readonly [route: string, role: string]> = [
  ["payOrder", "steward"],
  ["elevationApprove", "admin"],
  ["elevationEnd", "admin"]
]

/** These speak of columns, not of what belongs to somebody. */
const probedByColumn: ReadonlySet<string> = new Set(["stewardDesign", "stewardSaveDraft", "stewardTrace"])

const queryOf = ({ path, query }: Route): string =>
  query?.["format"] === undefined ? "" : path.includes("grants") ? "?format=odrl" : "?format=csv"

/** The addresses of a route for its objects: the last parameter goes through all of its kind, those before it stay at the first. */
function addresses(
  house: FullHouse,
  path: string
): ReadonlyArray<{ readonly path: string; readonly thing: Thing; readonly kind: string }> {
  const kinds = kindsOf(path) as ReadonlyArray<string>
  const last = kinds.at(-1)!
  return house.things[last]!.map((thing) => {
    const ids = [...kinds.slice(0, -1).map((kind) => house.things[kind]![0]!.id), thing.id]
    let i = 0
    return { path: path.replaceAll(/:\w+/g, () => encodeURIComponent(ids[i++]!)), thing, kind: last }
  })
}

const call = (house: FullHouse, name: string, route: Route, path: string, who: Person | undefined) =>
  house.send(
    route.method,
    path + queryOf(route),
    who?.cookie,
    route.body === undefined ? undefined : sampleBodies[name]
  )

/** An answer with an identifier taken out, so that two of them can be laid side by side. */
const plain = ({ status, text }: { status: number; text: string }, id: string): string =>
  `${status} ${text.replaceAll(encodeURIComponent(id), "*").replaceAll(id, "*")}`

/** Parameters and bodies that nobody gave objects for. */
const uncovered = (house: FullHouse): ReadonlyArray<string> => {
  const unknown = withParameters.flatMap(([name, { path }]) =>
    kindsOf(path).some((kind) => kind === undefined || (house.things[kind] ?? []).length === 0)
      ? [`${name}: ${path}`]
      : []
  )
  const bodiless = declared.filter(([name, { body }]) => body !== undefined && sampleBodies[name] === undefined)
  return [...unknown, ...bodiless.map(([name]) => `${name}: body`)]
}

/** Everybody calls every route with every object in its address; their own is left for later, since it may use it up. */
async function inAddresses(house: FullHouse): Promise<Tried> {
  const wrong: Array<string> = []
  let [refused, unknown, admitted] = [0, 0, 0]
  for (const [name, route] of covered(house)) {
    const tried = addresses(house, route.path)
    // What belongs to nobody is the same for both people of a role.
    const callers = tried.some(({ thing }) => thing.owner !== undefined) ? house.people : house.faces
    const pairs = [undefined, ...callers].flatMap((who) => tried.map((one) => ({ who, ...one })))
    const told = await Promise.all(
      pairs.map(async ({ who, path, thing }) => {
        const what = `${name} ${path} as ${who?.name ?? "nobody"}`
        if (who === undefined || !admits(route, who.role)) {
          const { status, code } = await call(house, name, route, path, who)
          refused += 1
          const expected = who === undefined ? "401 session.none" : "403 role.refused"
          return `${status} ${code}` === expected ? [] : [`${what}: ${status} ${code}`]
        }
        const mayAct = thing.owner === undefined || forOthers.some(([of, role]) => of === name && role === who.role)
        // What is their own is tried at the end, since it may use it up.
        if (thing.owner === who.name) return []
        if (mayAct) {
          const { status, code } = await call(house, name, route, path, who)
          admitted += 1
          return status < 500 && !["role.refused", "session.none"].includes(code ?? "")
            ? []
            : [`${what}: ${status} ${code}`]
        }
        const never = neverOf(thing.id)
        const other = await call(house, name, route, path, who)
        const nobodys = await call(house, name, route, path.replace(encodeURIComponent(thing.id), never), who)
        unknown += 1
        const same = plain(other, thing.id) === plain(nobodys, never)
        return same && !other.text.includes(thing.owner!)
          ? []
          : [`${what}: ${plain(other, thing.id)} / ${plain(nobodys, never)}`]
      })
    )
    wrong.push(...told.flat())
  }
  return { wrong, counts: [refused, unknown, admitted] }
}

/** One person of each role names what belongs to others in every text of every body. */
async function inBodies(house: FullHouse): Promise<Tried> {
  const wrong: Array<string> = []
  let tried = 0
  for (const [name, route] of declared) {
    const sample = sampleBodies[name]
    if (route.body === undefined || sample === undefined || probedByColumn.has(name)) continue
    const path = route.path.replaceAll(/:\w+/g, "no_such")
    const fits = Schema.is(route.body)
    for (const who of house.faces.filter((one) => admits(route, one.role))) {
      const others = ["order", "quote", "trial", "grant", "digest", "passkey"].map((kind) =>
        house.things[kind]!.find(({ owner }) => owner !== who.name)!
      )
      for (const leaf of leaves.of(sample)) {
        // What does not fit the form is refused before anything is looked up.
        const fitting = others.filter(({ id }) => fits(leaves.replaced(sample, leaf, id))).slice(0, 2)
        const told = await Promise.all(
          fitting.map(async ({ id, owner }) => {
            const never = neverOf(id)
            const other = await house.send(route.method, path, who.cookie, leaves.replaced(sample, leaf, id))
            const nobodys = await house.send(route.method, path, who.cookie, leaves.replaced(sample, leaf, never))
            tried += 1
            // What is taken as a text, whatever it says, is taken twice; answers then tell of when and under which name.
            const taken = other.status === 200 && nobodys.status === 200
            const speaks = who.role !== "admin" && other.text.includes(owner!)
            const same = (taken || plain(other, id) === plain(nobodys, never)) && !speaks
            return same
              ? []
              : [`${name} ${leaf.join(".")} as ${who.name}: ${plain(other, id)} / ${plain(nobodys, never)}`]
          })
        )
        wrong.push(...told.flat())
      }
    }
  }
  return { wrong, counts: [tried] }
}

/** Owners call every route with what is theirs. */
async function byOwners(house: FullHouse): Promise<Tried> {
  const wrong: Array<string> = []
  let tried = 0
  for (const [name, route] of covered(house)) {
    for (const { path, thing } of addresses(house, route.path)) {
      const who = house.people.find((one) => one.name === thing.owner)
      // Admins ended what was lent, as they may.
      if (who === undefined || !admits(route, who.role) || name.startsWith("elevation")) continue
      const { status, text } = await call(house, name, route, path, who)
      tried += 1
      if (status !== 200) wrong.push(`${name} ${path} as ${who.name}: ${status} ${text.slice(0, 200)}`)
    }
  }
  return { wrong, counts: [tried] }
}

/** Everybody calls every route that names nothing, with an empty body. */
async function withoutObjects(house: FullHouse): Promise<Tried> {
  const wrong: Array<string> = []
  let tried = 0
  for (const [name, route] of declared) {
    // It would end the sessions of the others.
    if (route.path.includes(":") || name === "signOut") continue
    const told = await Promise.all(
      [undefined, ...house.faces].map(async (who) => {
        const query = route.query?.["topic"] === undefined ? "" : "?topic=runs"
        const body = route.body === undefined ? undefined : {}
        const { status, code } = await house.send(route.method, route.path + query, who?.cookie, body)
        tried += 1
        if (who === undefined ? route.callers === "anyone" : admits(route, who.role))
          return status < 500 && code !== "session.none" && code !== "role.refused"
            ? []
            : [`${name} ${who?.name}: ${status} ${code}`]
        const expected = who === undefined ? "401 session.none" : "403 role.refused"
        return `${status} ${code}` === expected ? [] : [`${name} ${who?.name}: ${status} ${code}`]
      })
    )
    wrong.push(...told.flat())
  }
  return { wrong, counts: [tried] }
}

export const swaps = { uncovered, inAddresses, inBodies, byOwners, withoutObjects }
