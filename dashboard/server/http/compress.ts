import { constants } from "node:zlib"
import fastifyCompress from "@fastify/compress"
import type { FastifyInstance } from "fastify"

/** Answers in JSON leave compressed. Files do not: their bytes, lengths and parts are what was promised. */
export function compress(server: FastifyInstance): void {
  void server.register(fastifyCompress, {
    global: true,
    threshold: 1400,
    customTypes: /^application\/json/,
    encodings: ["br", "gzip"],
    // Level 4 of 11 costs a tenth of the usual time for a few per cent more bytes.
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }
  })
}
