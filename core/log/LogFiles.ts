import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { filesIn } from "./verifier/assay-verify.mjs"
import type { ReadableFiles } from "./verifier/assay-verify.mjs"

/** Where the files of a log lie. Paths are relative and use `/`. Everything is synchronous: it happens inside a records transaction. */
export interface LogFiles extends ReadableFiles {
  /** Writes a file that nothing refers to yet. It is durable when `sync` has returned. */
  write(path: string, bytes: Uint8Array): void
  /** Makes the names and bytes of all files written so far survive a power cut. */
  sync(): void
  /** Replaces a file in one step: after a crash it holds the old bytes or the new ones, and never a mixture. Durable on return. */
  replace(path: string, bytes: Uint8Array): void
  /** Removes a file or a folder with all in it; missing is fine. */
  remove(path: string): void
}

function makeDurable(path: string): void {
  const handle = openSync(path, "r")
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** A log in a folder of the disk; the folder is made at the first write. */
export function folderFiles(root: string): LogFiles {
  const known = new Set<string>()
  const written = new Set<string>()
  const unsynced = new Set<string>()
  /** Makes the folders above a file; a new folder's name has to be made durable in the one above it. */
  const prepare = (file: string): string => {
    const folder = dirname(file)
    if (!known.has(folder)) {
      const first = mkdirSync(folder, { recursive: true, mode: 0o700 })
      const shortest = first?.length ?? Infinity
      for (let made = folder; made.length >= shortest; made = dirname(made)) unsynced.add(dirname(made))
      known.add(folder)
    }
    return folder
  }
  const sync = (): void => {
    // All files first, and only now: the first flush takes the others with it on most file systems.
    for (const path of [...written, ...unsynced]) makeDurable(path)
    written.clear()
    unsynced.clear()
  }
  return {
    ...filesIn(root),
    write: (path, bytes) => {
      const file = join(root, path)
      unsynced.add(prepare(file))
      written.add(file)
      writeFileSync(file, bytes, { mode: 0o600 })
    },
    sync,
    replace: (path, bytes) => {
      const file = join(root, path)
      const folder = prepare(file)
      writeFileSync(`${file}.new`, bytes, { mode: 0o600 })
      makeDurable(`${file}.new`)
      renameSync(`${file}.new`, file)
      unsynced.add(folder)
      sync()
    },
    remove: (path) => {
      const target = join(root, path)
      rmSync(target, { recursive: true, force: true })
      known.delete(target)
    }
  }
}

/** A log that dies with the process; for tests. */
export function memoryFiles(): LogFiles {
  const files = new Map<string, Buffer>()
  const put = (path: string, bytes: Uint8Array): void => void files.set(path, Buffer.from(bytes))
  return {
    read: (path) => files.get(path),
    list: (folder) =>
      [...files.keys()]
        .filter((path) => path.startsWith(`${folder}/`))
        .map((path) => path.slice(folder.length + 1).split("/")[0]!),
    write: put,
    sync: () => undefined,
    replace: put,
    remove: (path) => {
      for (const name of files.keys()) if (name === path || name.startsWith(`${path}/`)) files.delete(name)
    }
  }
}
