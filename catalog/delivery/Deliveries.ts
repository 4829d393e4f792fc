import { Context, DateTime, Effect, FileSystem, Layer, Path } from "effect"
import type { PlatformError } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Home } from "#core/home/Home.ts"
import { newId } from "#core/ids/newId.ts"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { sha256Hex } from "#core/json/sha256Hex.ts"
import { Log } from "#core/log/Log.ts"
import { Records } from "#core/records/Records.ts"
import type { RecordsError } from "#core/records/Records.ts"
import { Refused } from "#core/Refused.ts"
import { Unavailable } from "#core/Unavailable.ts"
import { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import { Noise } from "#privacy/dp/Noise.ts"
import type { Order } from "../order/Order.ts"
import { certifyDelivery } from "../certificate/certifyDelivery.ts"
import type { Delivered } from "../certificate/certifyDelivery.ts"
import type { DeliveryFormat } from "./DeliveryFormat.ts"
import { fileHash } from "./fileHash.ts"
import { offerArtefact } from "./offerArtefact.ts"
import { prepareFile } from "./prepareFile.ts"
import { readEntitled } from "./readEntitled.ts"

/** A delivered file. */
export interface Delivery {
  /** Absolute. */
  readonly file: string
  /** The signed certificate beside it, absolute. */
  readonly certificate: string
  readonly sha256: string
  readonly bytes: number
  readonly order: string
  readonly version: string
}

/** Hands paid versions and offers over as files, each with its signed certificate. */
export class Deliveries extends Context.Service<
  Deliveries,
  {
    /**
     * Writes `<product>-<version>.<format>` and its `.certificate.json` into a folder, made if it is missing. The same files there already
     * are left as they are; another one under that name is never overwritten. With `namesOrder` the metadata of Parquet and Arrow names the
     * order; without it the bytes are the same for every buyer. Every hand-over is on record before the file appears.
     */
    deliver(
      order: string,
      format: DeliveryFormat,
      folder: string,
      namesOrder?: boolean
    ): Effect.Effect<Delivery, RecordsError>
  }
>()("catalog/Deliveries") {
  static readonly layer: Layer.Layer<
    Deliveries,
    never,
    Records | Log | Home | Noise | FileSystem.FileSystem | Path.Path
  > = Layer.effect(
    Deliveries,
    Effect.gen(function* () {
      const records = yield* Records
      const log = yield* Log
      const home = yield* Home
      const files = yield* FileSystem.FileSystem
      const paths = yield* Path.Path
      const world = yield* Effect.context<Home | Noise | Records | FileSystem.FileSystem | Path.Path>()

      /** Copies beside the target, on its file system, and removes what did not become it. */
      const stage = Effect.fnUntraced(function* (prepared: string, target: string) {
        const staged = `${target}.${newId("part")}`
        yield* Effect.addFinalizer(() => Effect.ignore(files.remove(staged, { force: true })))
        yield* files.copyFile(prepared, staged)
        const handle = yield* files.open(staged, { flag: "r+" })
        yield* handle.sync
        return staged
      })

      const record = (delivered: Delivered, now: string): Effect.Effect<string, RecordsError> =>
        records.write((db) => {
          const [order, { format, sha256, bytes }] = [delivered.order.id, delivered.file]
          const { state } = readEntitled(db, order, now)
          db.run(
            `insert into delivery (id, order_id, format, sha256, bytes, delivered_at)
               values ($id, $order, $format, $sha256, $bytes, $now)`,
            { id: newId("dlv"), order, format, sha256, bytes, now }
          )
          db.run(
            "update buyer_order set state = $state, delivered_at = coalesce(delivered_at, $now) where id = $order",
            { order, now, state }
          )
          const certificate = certifyDelivery(db, home, delivered, now)
          const facts = { order, format, sha256, bytes, at: now, certificate: sha256Hex(certificate) }
          log.append(db, { type: "order", operation: order, commitment: home.hmac("delivery", canonicalJson(facts)) })
          return certificate
        })

      const deliver = Effect.fn("Deliveries.deliver")(
        function* (id: string, format: DeliveryFormat, folder: string, namesOrder = false) {
          const now = DateTime.formatIso(yield* DateTime.now)
          const { order, version, offer } = yield* records.read((db) => readEntitled(db, id, now))
          const artefact = offer === undefined ? version.artefact : yield* offerArtefact(version, offer)
          const prepared = yield* prepareFile(id, artefact, format, namesOrder)
          const { sha256, bytes } = yield* fileHash(prepared)
          yield* files.makeDirectory(folder, { recursive: true })
          const target = paths.join(
            paths.resolve(folder),
            fileName({ ...order, version: version.version }, offer?.id, format)
          )
          const certificate = `${target}.certificate.json`
          const delivery: Delivery = { file: target, certificate, sha256, bytes, order: id, version: version.version }
          const isThere = yield* holdsAlready(target, sha256)
          if (isThere && order.state === "delivered" && (yield* files.exists(certificate))) return delivery
          const staged = isThere ? undefined : yield* stage(prepared, target)
          const file = { name: paths.basename(target), format, sha256, bytes }
          const document = yield* record({ order, version, offer: offer?.id, artefact, file }, now)
          if (!(yield* holdsAlready(certificate, sha256Hex(document))))
            yield* files.writeFileString(certificate, document)
          if (staged !== undefined) yield* files.rename(staged, target)
          return delivery
        },
        Effect.scoped,
        Effect.provide(world),
        Effect.mapError(toExpected)
      )
      return Deliveries.of({ deliver })
    })
  )
}

const fileName = ({ product, version }: Order, offer: string | undefined, format: DeliveryFormat): string =>
  // Offers may be named in any script; the hash keeps two of them apart.
  `${product}-${version}${offer === undefined ? "" : `-${offer}-${sha256Hex(offer).slice(0, 8)}`}`.replaceAll(
    /[^\w.-]/g,
    "_"
  ) + `.${format}`

/** Whether the target is there with these bytes; another file of its name is a refusal. */
const holdsAlready = Effect.fnUntraced(function* (target: string, sha256: string) {
  const files = yield* FileSystem.FileSystem
  if (!(yield* files.exists(target))) return false
  const { type } = yield* files.stat(target)
  if (type === "File" && (yield* fileHash(target)).sha256 === sha256) return true
  return yield* new Refused({
    code: "delivery.exists",
    message: "Another file of the delivery's name is in this folder, and it is not overwritten.",
    fix: "Move that file away or give another folder with --out.",
    where: { file: target }
  })
})

type Failure = RecordsError | WarehouseError | PlatformError.PlatformError

function toExpected(failure: Failure): RecordsError {
  if (failure instanceof BadInput || failure instanceof Refused || failure instanceof Unavailable) return failure
  const reason = failure instanceof WarehouseError ? failure.kind : failure.reason._tag
  return new Unavailable({
    code: "delivery.disk",
    message: `The delivery could not be written (${reason}).`,
    fix: "Check that the folder given with --out may be written and that its disk has space, then deliver again."
  })
}
