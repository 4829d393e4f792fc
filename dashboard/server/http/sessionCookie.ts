/** The `__Host-` prefix makes browsers insist on Secure, Path=/ and no Domain, so no other host can plant it. */
const name = "__Host-assay"
const attributes = "Path=/; Secure; HttpOnly; SameSite=Strict"
const form = /^[A-Za-z0-9_-]{43}$/

/** Reads and writes the cookie that holds a session's identifier. */
export const sessionCookie = {
  /** The identifier; undefined when absent, malformed or sent twice. */
  read(header: string | undefined): string | undefined {
    const found = (header ?? "")
      .split(";")
      .map((pair) => pair.trim())
      .filter((pair) => pair.startsWith(`${name}=`))
    const id = found.length === 1 ? found[0]!.slice(name.length + 1) : ""
    return form.test(id) ? id : undefined
  },
  /** Lives as long as the browser does; the server decides when it ends before that. */
  write: (id: string): string => `${name}=${id}; ${attributes}`,
  clear: `${name}=; ${attributes}; Max-Age=0`
}
