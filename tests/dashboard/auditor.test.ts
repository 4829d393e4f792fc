import { execFileSync, spawnSync } from "node:child_process"
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync, readFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect } from "effect"
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { Home } from "#core/home/Home.ts"
import { Log } from "#core/log/Log.ts"
import { verifyProof } from "#core/log/verifier/assay-verify.mjs"
import type { EntryProof } from "#dashboard/api/auditor/EntryProof.ts"
import type { LogEntries } from "#dashboard/api/auditor/LogEntries.ts"
import type { LogState } from "#dashboard/api/auditor/LogState.ts"
import type { ReleaseEntry } from "#dashboard/api/auditor/ReleaseEntry.ts"
import type { Verification } from "#dashboard/api/auditor/Verification.ts"
import type { AccessDecision } from "#dashboard/api/security/AccessDecision.ts"
import { mintLink } from "#dashboard/server/mintLink.ts"
import { changedRules } from "#dashboard/web/face/auditor/changedRules.ts"
import { auditorWords } from "#dashboard/web/face/auditor/auditorWords.ts"
import { buildWeb } from "./buildWeb.ts"
import { startJourney } from "./journey.ts"
import { openBrowser } from "./openBrowser.ts"
import { openHouse } from "./openHouse.ts"
import { walks } from "./walks.ts"

const pictures =
  process.env["ASSAY_SCREENSHOTS"] === undefined ? undefined : join(import.meta.dirname, "../../docs/screenshots")

describe("the auditor's face", () => {
  let web: string
  let house: Awaited<ReturnType<typeof openHouse>>
  let browser: Browser
  let cookie: string
  beforeAll(async () => {
    web = await buildWeb()
    house = await openHouse(web)
    browser = await openBrowser()
    cookie = await house.signIn("auditor")
  }, 120_000)
  afterAll(async () => {
    await browser.close()
    await house.close()
    rmSync(web, { recursive: true, force: true })
  })

  const get = async <A>(path: string): Promise<A> =>
    (await (await fetch(`${house.base}${path}`, { headers: { cookie } })).json()) as A
  const verify = async (): Promise<Verification> => {
    const answer = await fetch(`${house.base}/api/auditor/verify`, {
      method: "POST",
      headers: { cookie, origin: house.base }
    })
    return (await answer.json()) as Verification
  }

  it("shows the log, every entry of it, and proofs that hold without this server", async () => {
    const state = await get<LogState>("/api/auditor/log")
    expect(state.size).toBeGreaterThan(0)
    expect(state.kinds.reduce((sum, { entries }) => sum + entries, 0)).toBe(state.size)
    expect(state.growth.at(-1)!.size).toBe(state.size)
    const page = await get<LogEntries>("/api/auditor/entries")
    expect(page.entries[0]!.index).toBeGreaterThanOrEqual(state.size - 1)
    const { type } = page.entries[0]!
    const same = await get<LogEntries>(`/api/auditor/entries?type=${type}`)
    expect(new Set(same.entries.map((entry) => entry.type))).toEqual(new Set([type]))
    const { proof, index } = await get<EntryProof>(`/api/auditor/entries/${page.entries.at(-1)!.index}/proof`)
    const policy = await house.run(Effect.map(Log, (log) => log.key.policy))
    expect(verifyProof(proof, policy).index).toBe(index)
    for (const bad of ["/api/auditor/entries/999999/proof", "/api/auditor/entries/x/proof"]) {
      expect((await get<{ error: { code: string } }>(bad)).error.code).toBe("log.entry.unknown")
    }
    expect((await get<{ error: object }>("/api/auditor/entries?before=-1")).error).toBeDefined()
  })

  it("gives everything that the offline verifier needs in one archive, and nothing else is needed", async () => {
    const answer = await fetch(`${house.base}/api/auditor/bundle`, { headers: { cookie } })
    const folder = mkdtempSync(join(tmpdir(), "assay-audit-"))
    writeFileSync(join(folder, "audit.tar"), Buffer.from(await answer.arrayBuffer()))
    execFileSync("tar", ["-xf", "audit.tar"], { cwd: folder })
    const inside = join(folder, "assay-audit")
    const key = readFileSync(join(inside, "assay-log.key"), "utf8").trim()
    const verdict = (): { readonly status: number | null; readonly stdout: string } =>
      spawnSync(process.execPath, ["assay-verify.mjs", "log", "log", "--key", key], { cwd: inside, encoding: "utf8" })
    const { size } = await get<LogState>("/api/auditor/log")
    const sound = verdict()
    expect([sound.status, JSON.parse(sound.stdout)]).toMatchObject([0, { sound: true }])
    expect((JSON.parse(sound.stdout) as { size: number }).size).toBeLessThanOrEqual(size)
    expect(readdirSync(join(inside, "certificates"))).toHaveLength(1)
    const tile = readdirSync(join(inside, "log"), { recursive: true, encoding: "utf8" }).find(
      (name) => name.includes("entries") && statSync(join(inside, "log", name)).isFile()
    )!
    const changed = readFileSync(join(inside, "log", tile))
    changed[20]! ^= 1
    writeFileSync(join(inside, "log", tile), changed)
    expect(verdict().status).not.toBe(0)
    rmSync(folder, { recursive: true })
  })

  it("finds decisions by role, outcome and part of a name, and says which rules changed", async () => {
    const decisions = (query: string) => get<ReadonlyArray<AccessDecision>>(`/api/access/decisions?${query}`)
    await get("/api/admin/caps")
    await expect.poll(async () => (await decisions("outcome=refused")).length).toBeGreaterThan(0)
    for (const { allowed } of await decisions("outcome=refused")) expect(allowed).toBe(false)
    const found = await decisions("outcome=refused&role=auditor&text=admin/caps")
    expect(found.length).toBeGreaterThan(0)
    expect(await decisions("role=buyer&outcome=refused&text=admin/caps")).toEqual([])
    expect((await get<{ error: object }>("/api/access/decisions?outcome=maybe")).error).toBeDefined()
    expect(changedRules({ a: "1", b: "x\ny" }, { b: "x\nz", c: "2" })).toEqual([
      { name: "a", what: "removed", lines: [{ mark: "-", text: "1" }] },
      {
        name: "b",
        what: "changed",
        lines: [
          { mark: " ", text: "x" },
          { mark: "+", text: "z" },
          { mark: "-", text: "y" }
        ]
      },
      { name: "c", what: "added", lines: [{ mark: "+", text: "2" }] }
    ])
  })

  it("lists releases with their certificates", async () => {
    const [release] = await get<ReadonlyArray<ReleaseEntry>>("/api/auditor/releases")
    expect(release).toMatchObject({ product: "orders_by_state", withheld: false })
    expect(await get<object>(`/api/auditor/releases/${release!.id}/certificate`)).toHaveProperty("lineage")
    const unknown = await get<{ error: { code: string } }>("/api/auditor/releases/ver_none/certificate")
    expect(unknown.error.code).toBe("release.unknown")
  })

  for (const [language, theme, width] of walks(pictures)) {
    it(`can be walked in ${language}, ${theme}, ${width} px wide, and checks proofs in the browser`, async () => {
      const link = await house.run(mintLink("auditor", Number(new URL(house.base).port)))
      const journey = await startJourney(browser, link, { language, theme, width, pictures })
      const words = auditorWords(language)
      const { page } = journey
      await journey.open("/auditor")
      await page.getByRole("button", { name: words.log.verify }).click()
      await page.getByRole("status").getByText("✓").nth(1).waitFor()
      await journey.look("auditor-log")
      await journey.open("/auditor/entries")
      await page.getByRole("button", { name: words.entries.prove("0"), exact: true }).click()
      await page.getByText(`✓ ${words.entries.holds}`).waitFor()
      await journey.look("auditor-entries")
      await journey.open("/auditor/releases")
      await journey.look("auditor-releases")
      await journey.open("/auditor/access")
      await journey.look("auditor-access")
      await journey.open("/auditor/policies")
      await journey.look("auditor-policies")
      journey.expectNone()
    }, 120_000)
  }

  it("says which entry and which file are bad when a byte of the log was changed", async () => {
    expect(await verify()).toMatchObject({ sound: true, firstBad: null, differences: [] })
    const path = await house.run(Effect.map(Home, (home) => home.path))
    const folder = join(path, "log")
    const bundle = readdirSync(folder, { recursive: true, encoding: "utf8" }).find(
      (name) => name.includes("entries") && statSync(join(folder, name)).isFile()
    )!
    const before = readFileSync(join(folder, bundle))
    const changed = Buffer.from(before)
    changed[20]! ^= 1
    writeFileSync(join(folder, bundle), changed)
    expect(await verify()).toMatchObject({ sound: false, firstBad: 0 })
    writeFileSync(join(folder, bundle), before)
    expect((await verify()).sound).toBe(true)
  })
})
