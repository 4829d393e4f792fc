import type { Effect, Schema } from "effect"
import type { Route } from "../../api/route.ts"
import type { FaceViews } from "../face/FaceViews.ts"
import type { Feed } from "../Feed.ts"
import type { MasksOf } from "./MasksOf.ts"
import type { OpenSession, Sessions } from "../Sessions.ts"
import type { Delivery, Views, ViewsError } from "../Views.ts"

/** A decoded request to one route. `session` is there exactly when the route is not open to anyone. */
export interface Call<R extends Route> {
  readonly params: Readonly<Record<string, string>>
  readonly query: R["query"] extends Readonly<Record<string, Schema.Codec<string>>>
    ? { readonly [K in keyof R["query"]]: R["query"][K]["Type"] }
    : Readonly<Record<string, never>>
  readonly body: R["body"] extends Schema.Codec<infer A> ? A : undefined
  readonly session: R["callers"] extends "anyone" ? OpenSession | undefined : OpenSession
  /** How clearly the caller may see fields, by their tags. */
  readonly masksOf: MasksOf
  /** The address of this server, as the browser has it. */
  readonly origin: string
  /** The identifier in the cookie, open or not. */
  readonly sessionId: string | undefined
  /** Sets the session's cookie; undefined clears it. */
  readonly keepSession: (id: string | undefined) => void
}

/** The code that answers a route. */
export type Handler<R extends Route> = (
  call: Call<R>
) => Effect.Effect<
  R["response"] extends Schema.Codec<infer A>
    ? A
    : R["response"] extends "file"
      ? Delivery
      : R["response"] extends "stream"
        ? Feed
        : object,
  ViewsError,
  FaceViews | Sessions | Views
>
