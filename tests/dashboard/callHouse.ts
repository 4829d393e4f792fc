/** Calls a served home as a page does: JSON both ways, under a session's cookie; `"post"` sends no body. */
export const callHouse =
  (base: () => string) =>
  async <A>(path: string, cookie: string, body?: object | "post"): Promise<A> => {
    const isJson = typeof body === "object"
    const answer = await fetch(`${base()}${path}`, {
      ...(body === undefined ? {} : { method: "POST" }),
      headers: { cookie, origin: base(), ...(isJson ? { "content-type": "application/json" } : {}) },
      ...(isJson ? { body: JSON.stringify(body) } : {})
    })
    return (await answer.json()) as A
  }
