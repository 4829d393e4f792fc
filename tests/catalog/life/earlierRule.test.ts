import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { describe, expect, it } from "@effect/vitest"
import { billingMigrations } from "#catalog/billingMigrations.ts"
import { lifeMigrations } from "#catalog/life/migrations.ts"
import { marketOf } from "#catalog/life/marketOf.ts"
import { catalogMigrations } from "#catalog/migrations.ts"
import { noticeMigrations } from "#catalog/notice/migrations.ts"
import { recallMigrations } from "#catalog/recall/migrations.ts"
import { logMigrations } from "#core/log/migrations.ts"
import { migrate } from "#core/records/migrate.ts"
import type { Db } from "#core/records/Records.ts"

describe("a home from before products had a life", () => {
  it("keeps what it had on sale on sale, says under which rule, and brings old recalls into the inbox", () => {
    const folder = mkdtempSync(join(tmpdir(), "assay-earlier-"))
    const database = new DatabaseSync(join(folder, "records.sqlite"))
    const before = [...logMigrations, ...catalogMigrations, ...billingMigrations, ...recallMigrations]
    migrate(database, before)
    database.exec(`
      insert into product values ('sold', 'CNY', '{}', '2026-01-05T00:00:00.000Z'), ('empty', 'CNY', null, '2026-01-06T00:00:00.000Z');
      insert into product_version values ('ver_1', 'sold', '2026-01.1', 'rel_1', 'a', 'listed', '2026-01-05', 1, '{}');
      insert into quote values ('quo_1', 'ver_1', 'h', '2026-01-05', '2026-01-06', '{}');
      insert into buyer_order (id, quote, version_id, buyer, state, price_minor, currency, ordered_at, order_key)
        values ('ord_1', 'quo_1', 'ver_1', 'acme', 'paid', 1, 'CNY', '2026-01-05', 'k');
      insert into recall_notice values ('rcl_1', 'ord_1', 'ver_1', '{}', 's', '2026-02-01', null);
    `)
    migrate(database, [...before, ...lifeMigrations, ...noticeMigrations])
    const db: Db = {
      all: (sql, params = {}) => database.prepare(sql).all(params) as never,
      get: (sql, params = {}) => database.prepare(sql).get(params) as never,
      run: (sql, params = {}) => Number(database.prepare(sql).run(params).changes)
    }
    expect(marketOf(db, "sold")).toMatchObject({
      state: "listed",
      registration: null,
      listing: expect.stringMatching(/^GP-20260105-/)
    })
    expect(marketOf(db, "empty")).toEqual({ state: "draft", registration: null, listing: null, tradability: null })
    expect(db.all("select rule, decided_by as by from product_transition")).toEqual([
      { rule: "earlier", by: "earlier-rule" }
    ])
    const [notice] = db.all<{ buyer: string; kind: string; facts: string }>("select * from notice")
    expect([notice!.buyer, notice!.kind, JSON.parse(notice!.facts)]).toEqual([
      "acme",
      "recall",
      { demand: "stop-and-delete", order: "ord_1", recall: "rcl_1" }
    ])
    // Decisions and what they rest on are never changed.
    expect(() => database.exec("update product_transition set to_state = 'draft'")).toThrow(/append-only/)
    expect(() => database.exec("delete from product_transition")).toThrow(/append-only/)
    database.close()
    rmSync(folder, { recursive: true })
  })
})
