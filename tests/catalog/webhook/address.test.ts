import { describe, expect, it } from "@effect/vitest"
import { checkHookUrl } from "#catalog/webhook/checkHookUrl.ts"
import { isPublicAddress } from "#catalog/webhook/isPublicAddress.ts"
import { nextTry } from "#catalog/webhook/nextTry.ts"
import { postMessage } from "#catalog/webhook/postMessage.ts"

const refused = (url: string, loopback = false): string => {
  try {
    checkHookUrl(url, loopback)
    return "taken"
  } catch (error) {
    return (error as { code: string }).code
  }
}

describe("where a webhook may lead", () => {
  it("is nowhere inside: private, loopback, link-local, shared, reserved, mapped and tunnelled addresses are none", () => {
    for (const address of [
      "0.0.0.0",
      "10.1.2.3",
      "100.64.0.1",
      "127.0.0.1",
      "169.254.169.254",
      "172.16.0.1",
      "172.31.255.255",
      "192.0.0.8",
      "192.168.1.1",
      "198.18.0.1",
      "203.0.113.9",
      "224.0.0.1",
      "255.255.255.255",
      "::",
      "::1",
      "::ffff:127.0.0.1",
      "::ffff:8.8.8.8",
      "64:ff9b::a00:1",
      "fe80::1",
      "fc00::1",
      "fd12:3456::1",
      "ff02::1",
      "2001:db8::1",
      "2002:7f00:1::",
      "2001::1",
      "nonsense",
      ""
    ])
      expect([address, isPublicAddress(address)]).toEqual([address, false])
    for (const address of ["8.8.8.8", "172.32.0.1", "223.5.5.5", "2400:3200::1", "2606:4700::1111"])
      expect([address, isPublicAddress(address)]).toEqual([address, true])
  })

  it("is written as https with a public name, however else it is spelled", () => {
    for (const url of ["https://hooks.example.com/a?b=c", "https://8.8.8.8/hook", "https://[2606:4700::1111]:8443/"])
      expect([url, refused(url)]).toEqual([url, "taken"])
    for (const url of [
      "http://hooks.example.com/",
      "ftp://hooks.example.com/",
      "javascript:alert(1)",
      "https://user:word@hooks.example.com/",
      "https://hooks.example.com/#a",
      "https://10.0.0.1/",
      "https://2130706433/",
      "https://0x7f.1/",
      "https://017700000001/",
      "https://[::1]/",
      "https://[::ffff:10.0.0.1]/",
      "https://localhost/",
      "https://LOCALHOST./",
      "https://intranet/",
      "https://printer.local/",
      "https://metadata.google.internal/",
      `https://a.example.com/${"x".repeat(500)}`,
      ""
    ])
      expect([url, refused(url)]).toEqual([url, "webhook.url"])
    for (const url of ["http://localhost:9/", "http://127.0.0.1:9/", "http://[::1]:9/"])
      expect([url, refused(url), refused(url, true)]).toEqual([url, "webhook.url", "taken"])
    expect(refused("http://10.0.0.1/", true)).toBe("webhook.url")
  })

  it("is looked up before each message: a name that leads inside is not followed, whatever it led to before", async () => {
    const to = (addresses: ReadonlyArray<string>, url = "https://hooks.example.com/") =>
      postMessage(checkHookUrl(url, false), {}, "{}", () => Promise.resolve(addresses))
    const none = { status: null, problem: "The name leads to no public address." }
    for (const addresses of [["127.0.0.1"], ["8.8.8.8", "10.0.0.1"], ["::1"], []])
      expect(await to(addresses)).toEqual(none)
    const unknown = postMessage(checkHookUrl("https://gone.example.com/", false), {}, "{}", () =>
      Promise.reject(new Error())
    )
    expect(await unknown).toEqual({ status: null, problem: "The name cannot be looked up." })
    // A name of this machine is this machine only.
    const named = postMessage(checkHookUrl("http://localhost:9/", true), {}, "{}", () => Promise.resolve(["8.8.8.8"]))
    expect(await named).toEqual(none)
  })

  it("is tried again for three days, ever more rarely", () => {
    const waits = Array.from({ length: 9 }, (_, i) => Date.parse(nextTry(i + 1, 0, 0)!) / 1000)
    expect(waits).toEqual([5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400])
    expect(nextTry(10, 0, 0)).toBeUndefined()
    expect(Date.parse(nextTry(1, 0, 1)!)).toBe(6000)
  })
})
