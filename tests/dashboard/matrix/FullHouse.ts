import { routes } from "#dashboard/api/routes.ts"
import type { Route } from "#dashboard/api/route.ts"
import type { openFullHouse } from "./openFullHouse.ts"

export type FullHouse = Awaited<ReturnType<typeof openFullHouse>>

/** Every route with its name. */
export const declared: ReadonlyArray<readonly [string, Route]> = Object.entries<Route>(routes)

export const admits = ({ callers }: Route, role: string): boolean =>
  callers === "anyone" || (callers as ReadonlyArray<string>).includes(role)
