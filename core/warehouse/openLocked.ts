import { DuckDBInstance } from "@duckdb/node-api"
import { quoteText } from "./quoteText.ts"

export interface LockedOptions {
  /** `:memory:` or a file that no other process holds. */
  readonly path: string
  /** Where large sorts spill; empty: nowhere. */
  readonly spill: string
  /** Folders below which files may be read and written. */
  readonly directories: ReadonlyArray<string>
  /** Single files that may be read. */
  readonly files?: ReadonlyArray<string>
  /** Such as `4GB`; the engine's default is 80 % of the machine. */
  readonly memory?: string
  readonly threads?: number
  /** Whether `threads` may be raised later; nothing else may be changed. */
  readonly mayWiden?: boolean
}

/**
 * Opens an engine that can reach only what the options name, and whose settings nobody can change afterwards.
 *
 * @source the order of the switches matters: architecture.md, "Facts about DuckDB 1.5"
 */
export async function openLocked(options: LockedOptions): Promise<DuckDBInstance> {
  const threads = options.threads === undefined ? undefined : { threads: String(options.threads) }
  const instance = await DuckDBInstance.create(options.path, threads)
  const connection = await instance.connect()
  const list = (paths: ReadonlyArray<string>): string => `[${paths.map(quoteText).join(", ")}]`
  const switches = [
    "set allow_community_extensions = false",
    "set autoinstall_known_extensions = false",
    "set autoload_known_extensions = false",
    "set allow_persistent_secrets = false",
    "set TimeZone = 'UTC'",
    ...(options.memory === undefined ? [] : [`set memory_limit = ${quoteText(options.memory)}`]),
    `set temp_directory = ${quoteText(options.spill)}`,
    `set allowed_directories = ${list(options.directories)}`,
    ...(options.files === undefined ? [] : [`set allowed_paths = ${list(options.files)}`]),
    ...(options.mayWiden === true ? ["set allowed_configs = ['threads']"] : []),
    "set enable_external_access = false",
    "set lock_configuration = true"
  ]
  for (const statement of switches) await connection.run(statement)
  connection.closeSync()
  return instance
}
