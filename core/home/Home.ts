import { createHmac, createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, sign } from "node:crypto"
import type { KeyObject } from "node:crypto"
import { Context, Effect, FileSystem, Layer, Path } from "effect"
import { Unavailable } from "../Unavailable.ts"

/**
 * The folder that holds one installation: warehouse, records, shelf, keys. Only its owner may read it.
 */
export class Home extends Context.Service<
  Home,
  {
    readonly path: string
    /** Spill and hand-over files; emptied when a process opens the home alone. */
    readonly tmp: string
    /** Product versions, named by the SHA-256 of their bytes. */
    readonly shelf: string
    readonly warehouseFile: string
    readonly recordsFile: string
    /** 32 bytes; never leaves the process. */
    readonly key: Uint8Array
    /** Keyed hash of a text for one use (`label`), 64 hexadecimal digits: safe to show where the text is not. */
    hmac(label: string, text: string): string
    /** Ed25519 signature of a text, base64url. */
    sign(text: string): string
    /** The key that checks `sign`, as PEM. */
    readonly publicKey: string
  }
>()("core/Home") {
  static layer(path: string): Layer.Layer<Home, Unavailable, FileSystem.FileSystem | Path.Path> {
    return Layer.effect(Home, openHome(path))
  }
}

const openHome = Effect.fn("Home.open")(
  function* (given: string) {
    const files = yield* FileSystem.FileSystem
    const paths = yield* Path.Path
    const path = paths.resolve(given)
    const at = (name: string): string => paths.join(path, name)
    for (const folder of [path, at("tmp"), at("shelf"), at("keys")]) {
      yield* files.makeDirectory(folder, { recursive: true, mode: 0o700 })
    }
    const keep = Effect.fnUntraced(function* (name: string, make: () => Uint8Array) {
      const file = at(`keys/${name}`)
      if (!(yield* files.exists(file))) {
        const fresh = `${file}.${process.pid}`
        yield* files.writeFile(fresh, make(), { mode: 0o600 })
        // Linking fails when another process was first, and then its key is the one to read.
        yield* Effect.ignore(files.link(fresh, file))
        yield* files.remove(fresh)
      }
      return yield* files.readFile(file)
    })
    const key = yield* keep("home.key", () => randomBytes(32))
    const pem = yield* keep("signing.pem", newSigningKey)
    const signing = createPrivateKey(Buffer.from(pem))
    return Home.of({
      path,
      tmp: at("tmp"),
      shelf: at("shelf"),
      warehouseFile: at("warehouse.duckdb"),
      recordsFile: at("records.sqlite"),
      key,
      hmac: (label, text) => createHmac("sha256", key).update(label).update("\0").update(text).digest("hex"),
      sign: (text) => signText(signing, text),
      publicKey: createPublicKey(signing).export({ type: "spki", format: "pem" }).toString()
    })
  },
  Effect.mapError(
    (error) =>
      new Unavailable({
        code: "home.open",
        message: `The home folder cannot be made or read (${error.reason._tag}).`,
        fix: "Check that the folder given with --home may be written and that the disk has space."
      })
  )
)

const newSigningKey = (): Uint8Array =>
  Buffer.from(generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString())

const signText = (key: KeyObject, text: string): string => sign(null, Buffer.from(text), key).toString("base64url")
