import type { ManagedRuntime } from "effect"
import type { FastifyInstance } from "fastify"
import type { FaceViews } from "./face/FaceViews.ts"
import type { Judged } from "./http/Judged.ts"
import type { RequestLine } from "./http/RequestLine.ts"
import type { Patience } from "./Patience.ts"
import type { Sessions } from "./Sessions.ts"
import type { Views } from "./Views.ts"

/** What a server is made from. */
export interface ServerOptions {
  /** Where its effects run; belongs to whoever made it, and outlives the server. */
  readonly runtime: Pick<ManagedRuntime.ManagedRuntime<FaceViews | Sessions | Views, unknown>, "runPromise">
  /** The port that Host and Origin must name; 0 takes a free one. */
  readonly port: number
  /** The folder of the built pages. */
  readonly web: string
  /** Further routes, mounted after the guards and the API. */
  readonly mount?: (server: FastifyInstance) => void
  /** The usual one when left out. */
  readonly patience?: Patience
  /** Told of bugs, with nothing of the request but its route. */
  readonly onBug?: (route: string, cause: unknown) => void
  /** Told of every request that was answered. */
  readonly onRequest?: (line: RequestLine) => void
  /** Told of decisions on access, several at once; what it cannot keep is told again. */
  readonly onJudged?: (judged: ReadonlyArray<Judged>) => Promise<void>
}
