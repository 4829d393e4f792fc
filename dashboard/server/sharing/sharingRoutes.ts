import { createReadStream } from "node:fs"
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify"
import type { Effect, ManagedRuntime } from "effect"
import { Refused } from "#core/Refused.ts"
import { Shares } from "#catalog/sharing/Shares.ts"
import type { Recipient, SharedTable } from "#catalog/sharing/Shares.ts"
import { failure } from "../../api/failure.ts"
import { sendRange } from "../http/sendRange.ts"
import { page } from "./page.ts"

/** How long the address of a file is good: a reader that pauses longer queries again. */
const fileSeconds = 3600
const schemaName = "releases"
const under = "/delta-sharing"
const table = `${under}/shares/:share/schemas/:schema/tables/:table`

/** The routes are open to whoever has a recipient's token, and to nobody by a session. */
const open = { config: { callers: "anyone" as const } }

/**
 * A Delta Sharing server over what recipients bought: one share, one schema, one table each, in the protocol's Parquet format.
 *
 * @source the Delta Sharing protocol; shared/field/catalog-and-pricing.md, section 4
 */
export function sharingRoutes(
  server: FastifyInstance,
  runtime: Pick<ManagedRuntime.ManagedRuntime<Shares, unknown>, "runPromise">
): void {
  const run = <A>(use: (shares: Shares["Service"]) => Effect.Effect<A, unknown>): Promise<A> =>
    runtime.runPromise(Shares.use(use))
  const recipientOf = (request: FastifyRequest): Promise<Recipient> => {
    const token = /^Bearer ([\w-]{1,200})$/i.exec(request.headers.authorization ?? "")?.[1]
    if (token === undefined) throw noToken()
    return run((shares) => shares.recognise(token))
  }
  const own = async (request: FastifyRequest): Promise<SharedTable> => {
    const recipient = await recipientOf(request)
    return run((shares) => shares.table(recipient))
  }
  /** The table that the address names, if it is the caller's: names are compared without regard to case. */
  const named = async (request: FastifyRequest): Promise<SharedTable> => {
    const found = await own(request)
    const { share, schema, table: name } = request.params as Record<string, string | undefined>
    const wanted = [share, schema ?? schemaName, name ?? found.product].map((one) => one?.toLowerCase())
    const has = [found.product, schemaName, found.product].map((one) => one.toLowerCase())
    if (wanted.some((one, i) => one !== has[i])) throw new Unknown()
    return found
  }

  void server.register((scope, _options, done) => {
    scope.setErrorHandler(answerError)
    scope.get(`${under}/shares`, open, async (request) => page([shareOf(await own(request))], request.query))
    scope.get(`${under}/shares/:share`, open, async (request) => ({ share: shareOf(await named(request)) }))
    scope.get(`${under}/shares/:share/schemas`, open, async (request) => {
      const { product } = await named(request)
      return page([{ name: schemaName, share: product }], request.query)
    })
    for (const path of [`${under}/shares/:share/schemas/:schema/tables`, `${under}/shares/:share/all-tables`])
      scope.get(path, open, async (request) => page([tableOf(await named(request))], request.query))

    const version = async (request: FastifyRequest, reply: FastifyReply) => {
      const found = await named(request)
      const { startingTimestamp } = request.query as Record<string, string | undefined>
      if (startingTimestamp !== undefined && !(Date.parse(startingTimestamp) <= Date.parse(found.listedAt)))
        throw new BadRequest("The starting timestamp lies behind the only version that is shared.")
      return ndjson(reply, found, [])
    }
    scope.get(`${table}/version`, open, version)
    scope.head(table, open, version)
    scope.get(`${table}/metadata`, open, async (request, reply) => {
      const found = await named(request)
      return ndjson(reply, found, head(found))
    })
    scope.post(`${table}/query`, open, async (request, reply) => {
      const found = await named(request)
      await run((shares) => shares.meter(found, "share.query", 1))
      const { ticket, expires } = await run((shares) => shares.ticket(found, fileSeconds))
      const file = {
        url: `http://${request.headers.host}${under}/files/${ticket}`,
        id: found.artefact,
        partitionValues: {},
        size: found.bytes,
        stats: JSON.stringify({ numRecords: found.rows }),
        version: found.number,
        timestamp: Date.parse(found.listedAt),
        expirationTimestamp: expires
      }
      return ndjson(reply, found, [...head(found), { file }])
    })
    scope.get(`${table}/changes`, open, async (request) => {
      await named(request)
      throw new BadRequest("Changes are not recorded: versions are whole tables.")
    })
    scope.route({
      ...open,
      method: ["GET", "HEAD"],
      url: `${under}/files/:ticket`,
      handler: async (request, reply) => {
        const { ticket } = request.params as { ticket: string }
        const { file, bytes, table: of } = await run((shares) => shares.redeem(ticket))
        const mediaType = "application/vnd.apache.parquet"
        const sent = sendRange(request, reply, {
          bytes,
          tag: of.artefact,
          mediaType,
          read: (range) => createReadStream(file, { ...range, highWaterMark: 1 << 20 })
        })
        if (sent > 0) await run((shares) => shares.meter(of, "share.bytes", sent))
        return reply
      }
    })
    done()
  })
}

class Unknown extends Error {}
class BadRequest extends Error {}

const noToken = (): Refused =>
  new Refused({
    code: "share.token",
    message: "The request carries no bearer token.",
    fix: "Use the profile file that came with the order."
  })

const shareOf = ({ product }: SharedTable) => ({ name: product, id: product })
const tableOf = ({ product }: SharedTable) => ({
  name: product,
  schema: schemaName,
  share: product,
  shareId: product,
  id: `${product}.${schemaName}.${product}`
})

const head = (found: SharedTable): ReadonlyArray<object> => [
  { protocol: { minReaderVersion: 1 } },
  {
    metaData: {
      id: found.artefact.slice(0, 32),
      name: found.product,
      format: { provider: "parquet" },
      schemaString: found.columns,
      partitionColumns: [],
      version: found.number,
      size: found.bytes,
      numFiles: 1
    }
  }
]

const ndjson = (reply: FastifyReply, found: SharedTable, lines: ReadonlyArray<object>): FastifyReply =>
  reply
    .headers({
      "content-type": "application/x-ndjson; charset=utf-8",
      "delta-table-version": String(found.number),
      "delta-sharing-capabilities": "responseformat=parquet"
    })
    .send(lines.map((line) => `${JSON.stringify(line)}\n`).join(""))

function answerError(error: unknown, _request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof Unknown) {
    const message = "There is no such share, schema or table for this recipient."
    return reply.code(404).send({ errorCode: "RESOURCE_DOES_NOT_EXIST", message })
  }
  if (error instanceof BadRequest) {
    return reply.code(400).send({ errorCode: "INVALID_PARAMETER_VALUE", message: error.message })
  }
  const status = (error as { statusCode?: number }).statusCode
  if (status !== undefined && status >= 400 && status < 500)
    return reply
      .code(status)
      .send({ errorCode: "INVALID_PARAMETER_VALUE", message: "The request cannot be read as JSON." })
  const { status: own, code, message } = failure(error)
  if (code === "share.token") {
    return reply.code(401).header("www-authenticate", "Bearer").send({ errorCode: "UNAUTHENTICATED", message })
  }
  return reply.code(own).send({ errorCode: own === 403 ? "PERMISSION_DENIED" : "INTERNAL_ERROR", message })
}
