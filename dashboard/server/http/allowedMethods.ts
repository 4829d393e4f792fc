import type { FastifyInstance } from "fastify"

/** The methods that an address takes, from the routes that are mounted after this; none for an address that no route has. */
export function allowedMethods(server: FastifyInstance): (url: string) => ReadonlyArray<string> {
  const routes: Array<readonly [form: RegExp, methods: ReadonlyArray<string>]> = []
  server.addHook("onRoute", ({ method, url }) => {
    const form = url.split(/(:\w+|\*)/).map((part, i) => (i % 2 === 0 ? literal(part) : part === "*" ? ".*" : "[^/]+"))
    routes.push([new RegExp(`^${form.join("")}$`), [method].flat()])
  })
  return (url) => {
    const path = url.split("?", 1)[0]!
    // The pages are an answer to every address; where something else is meant by one, they are not what it takes.
    const found = routes.filter(([form]) => form.test(path))
    const own = found.filter(([form]) => form.source !== "^\\/.*$")
    const api = path.startsWith("/api/") || path.startsWith("/delta-sharing/")
    return [...new Set((own.length > 0 ? own : api ? [] : found).flatMap(([, methods]) => methods))].sort()
  }
}

const literal = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`)
