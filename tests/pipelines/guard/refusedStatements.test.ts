import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import type { Asset } from "#pipelines/engine/Asset.ts"
import { Scans } from "#pipelines/engine/Scans.ts"
import { plainAsset } from "../engine/openEngine.ts"
import { house, landed } from "./scansHouse.ts"

/** Statements that reach for anything but declared assets, by what they reach for. */
const refused: Readonly<Record<string, ReadonlyArray<string>>> = {
  "files outside": [
    "select * from read_csv('/etc/passwd')",
    "select * from read_csv('../../etc/passwd')",
    "select * from read_csv('file:///etc/passwd')",
    "select * from read_csv('https://169.254.169.254/latest/meta-data')",
    "select * from read_parquet('s3://bucket/file.parquet')",
    "select * from read_text('/etc/passwd')",
    "select * from read_blob('/etc/passwd')",
    "select * from read_json('/etc/passwd')",
    "select * from parquet_metadata('/tmp/x.parquet')",
    "select * from sniff_csv('/etc/passwd')",
    "select * from '/etc/passwd'",
    "select * from 'https://example.com/x.csv'",
    "select * from glob('/etc/*')",
    "select * from query('select * from read_text(''/etc/passwd'')')",
    "with f as (select * from read_text('/etc/passwd')) select * from f",
    "select (select content from read_text('/etc/passwd')) as c from core.a",
    "select id from core.a where exists (select 1 from read_text('/etc/passwd'))",
    "select id from core.a union all select content from read_text('/etc/passwd')",
    "select id, (from read_text('/etc/passwd') select content) from core.a"
  ],
  "other places to write to, or to attach": [
    "copy core.a to '/tmp/out.csv'",
    "copy (select * from core.a) to 'out.parquet'",
    "export database '/tmp/out'",
    "import database '/tmp/out'",
    "attach '/tmp/other.duckdb' as other",
    "attach ':memory:' as other",
    "detach memory",
    "use memory.main",
    "create macro f(x) as x",
    "create secret s (type s3, key_id 'a', secret 'b')",
    "create persistent secret s (type s3, key_id 'a', secret 'b')",
    "create table core.b2 as select * from core.a",
    "insert into core.a select * from core.a",
    "update core.a set x = 1",
    "delete from core.a",
    "drop table core.a",
    "alter table core.a add column y integer",
    "truncate core.a",
    "checkpoint",
    "vacuum"
  ],
  extensions: [
    "install httpfs",
    "load httpfs",
    "load '/tmp/x.duckdb_extension'",
    "select * from read_xlsx('/tmp/x.xlsx')",
    "select st_point(1, 2) as p from core.a"
  ],
  settings: [
    "set enable_external_access = true",
    "reset enable_external_access",
    "set lock_configuration = false",
    "set memory_limit = '1TB'",
    "set threads = 64",
    "set temp_directory = '/tmp'",
    "set home_directory = '/tmp'",
    "set secret_directory = '/tmp'",
    "set extension_directory = '/tmp'",
    "set allowed_directories = ['/']",
    "set log_query_path = '/tmp/log'",
    "set profiling_output = '/tmp/p'",
    "set variable x = 1",
    "pragma add_parquet_key('k', '0123456789112345')",
    "pragma enable_profiling",
    "pragma version",
    "call pragma_version()"
  ],
  "the engine's own log": [
    "call enable_logging(storage := 'file', storage_path := '/tmp/l')",
    "call enable_logging('QueryLog', storage := 'stdout')",
    "select * from enable_logging(storage := 'file', storage_path := '/tmp/l')",
    "select * from enable_logging()",
    "call disable_logging()",
    "call truncate_duckdb_logs()",
    "select * from duckdb_logs()",
    "select * from duckdb_logs"
  ],
  "what is not theirs to see": [
    "select * from duckdb_settings()",
    "select * from duckdb_tables()",
    "select * from duckdb_views()",
    "select * from duckdb_secrets()",
    "select * from duckdb_extensions()",
    "select * from duckdb_memory()",
    "select * from duckdb_columns()",
    "select * from sqlite_master",
    "select * from information_schema.tables",
    "select * from pg_catalog.pg_class",
    "select * from pragma_storage_info('core.a')",
    "select * from pragma_database_list()",
    "describe core.a",
    "show tables",
    "summarize core.a",
    "explain select * from core.a",
    "select * from _base.subject",
    "select * from _base.licence",
    "select * from _stage.anything",
    "select * from _assay.licence",
    "select * from _guard.anything",
    "select * from raw.anything",
    "select * from core.b",
    "select * from memory._base.subject",
    'select * from "_base"."subject"',
    "select id from core.a where id in (select id from core.b)",
    "select * from core.a as a, lateral (select * from core.b) as b",
    "with recursive r(n) as (select 1 union all select n + 1 from r, core.b) select n from r"
  ],
  "a second statement": [
    "select id from core.a; select 1",
    "select id from core.a; drop table core.b",
    "select id from core.a; set lock_configuration = false",
    ""
  ],
  "a function that reads tables by name": [
    "from query_table('core.b')",
    "select * from query_table(['core.a', 'core.b'])",
    "select * from query('from core.b')",
    "select * from json_execute_serialized_sql('{}')"
  ],
  "functions that tell of the machine, or leave something behind": [
    "select write_log('forged\\r\\nline') as w from core.a",
    "select current_setting('secret_directory') as s from core.a",
    "select id from core.a where current_setting('home_directory') <> ''",
    "select getvariable('x') as v from core.a",
    "select getenv('HOME') as v from core.a",
    "select current_query() as q from core.a",
    "select nextval('s') as q from core.a",
    "select txid_current() as q from core.a",
    "select current_database() as q from core.a",
    "select id, (select current_setting('memory_limit')) as q from core.a",
    "with q as (select CURRENT_SETTING('memory_limit') as s) select * from q"
  ]
}

describe("statements of assets", () => {
  for (const [what, statements] of Object.entries(refused)) {
    it.effect(`may not reach for ${what}: ${statements.length} are refused before anything runs`, () =>
      Effect.gen(function* () {
        yield* landed
        const scans = yield* Scans
        for (const sql of statements) {
          const asset: Asset = { ...plainAsset, key: "feature.made", kind: "full", deps: ["core.a"], sql }
          const error = yield* Effect.flip(Effect.scoped(scans.open(asset, sql, "run_1")))
          const told = "code" in error ? error.code : error._tag
          assert.include(["asset.reads", "asset.contract", "asset.statement", "WarehouseError"], told, sql)
        }
      }).pipe(Effect.provide(house))
    )
  }
})
