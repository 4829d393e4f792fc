import { createHash } from "node:crypto"
import {
  closeSync,
  createReadStream,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync
} from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { Effect } from "effect"
import { Home } from "#core/home/Home.ts"
import { newId } from "#core/ids/newId.ts"
import { Log } from "#core/log/Log.ts"
import { Records } from "#core/records/Records.ts"
import { Catalog } from "#catalog/product/Catalog.ts"
import type { Delivery } from "../../Views.ts"
import { tarEnd, tarEntry } from "./tarEntry.ts"

const verifier = fileURLToPath(new URL("../../../../core/log/verifier/assay-verify.mjs", import.meta.url))

/**
 * Everything that an auditor needs without this server, as one archive: every byte of the log, the key, the offline verifier, and the signed
 * certificates of all releases. Subjects are in none of it: entries hold commitments only.
 */
export const offlineBundle = Effect.fn("offlineBundle")(function* () {
  const home = yield* Home
  const log = yield* Log
  yield* log.drain
  const catalog = yield* Catalog
  const certificates = (yield* Effect.forEach(yield* catalog.all, ({ product }) => catalog.versions(product)))
    .flat()
    .map(({ product, version, certificate }) => ({
      path: `certificates/${product}-${version}.json`.replaceAll(/[^\w./-]/g, "_").slice(-100),
      bytes: Buffer.from(`${JSON.stringify(certificate, null, 2)}\n`)
    }))
  const file = join(home.tmp, `${newId("bundle")}.tar`)
  const folder = join(home.path, "log")
  // Under the records' lock nobody drains: the folder is of one moment, its checkpoint and its tiles fit.
  const artefact = yield* (yield* Records).write(() => {
    const hash = createHash("sha256")
    const handle = openSync(file, "w", 0o600)
    const put = (path: string, bytes: Uint8Array): void => {
      const entry = tarEntry(`assay-audit/${path}`, bytes)
      hash.update(entry)
      writeSync(handle, entry)
    }
    try {
      put("README.txt", Buffer.from(readme(log.key.origin)))
      put("assay-log.key", Buffer.from(`${log.key.verifier}\n`))
      put("assay-verify.mjs", readFileSync(verifier))
      for (const { path, bytes } of certificates) put(path, bytes)
      for (const path of filesUnder(folder)) put(`log/${path}`, readFileSync(join(folder, path)))
      hash.update(tarEnd)
      writeSync(handle, tarEnd)
    } finally {
      closeSync(handle)
    }
    return hash.digest("hex")
  })
  const close = (): void => rmSync(file, { force: true })
  return {
    fileName: "assay-audit.tar",
    mediaType: "application/x-tar",
    artefact,
    size: statSync(file).size,
    read: (range) => createReadStream(file, range ?? {}).on("close", close),
    close
  } satisfies Delivery as Delivery
})

function filesUnder(folder: string): ReadonlyArray<string> {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, encoding: "utf8", withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll("\\", "/")
    )
    .sort()
}

const readme = (origin: string): string => `Assay, log ${origin}

Check every byte of the log with Node 20 or newer, without network and without Assay:

  node assay-verify.mjs log log --key "$(cat assay-log.key)"

The key in this archive came with the log. Compare it with one that you were given another way: whoever could change the log could have changed
the key beside it. certificates/ holds the signed certificate of every release; their hashes are in the log's entries of type release.

在没有网络、也没有 Assay 的情况下，用 Node 20 或更新版本逐字节校验日志：运行上面的命令。
本归档中的公钥与日志一同导出，请与您从其他途径得到的公钥比对。
`
