import { Effect, Fiber } from "effect"
import { Refused } from "#core/Refused.ts"
import type { RunEvent } from "#pipelines/engine/RunEvent.ts"

/** The runs that these pages began. A home makes one at a time, so at most one of them is under way. */
export class RunDesk {
  #underWay: Fiber.Fiber<void> | undefined

  /** Whether what runs now was begun here, and can be stopped here. */
  get isUnderWay(): boolean {
    return this.#underWay !== undefined
  }

  /** Begins work that tells of itself and answers at once; it may wait for the run before it. */
  begin<E, R>(
    work: (onEvent: (event: RunEvent) => void) => Effect.Effect<unknown, E, R>
  ): Effect.Effect<void, never, R> {
    return Effect.gen({ self: this }, function* () {
      let fiber: Fiber.Fiber<void> | undefined
      const onEvent = ({ type }: RunEvent): void => {
        if (type === "planned") this.#underWay = fiber
      }
      const ended = Effect.sync(() => {
        if (this.#underWay === fiber) this.#underWay = undefined
      })
      fiber = yield* Effect.forkDetach(Effect.ensuring(Effect.ignore(work(onEvent)), ended))
    })
  }

  /** Stops what is under way. What it published stays; what it was making is given up; its events say that it failed. */
  get stop(): Effect.Effect<void, Refused> {
    return Effect.suspend(() =>
      this.#underWay === undefined
        ? Effect.fail(elsewhere())
        : Effect.asVoid(Effect.forkDetach(Fiber.interrupt(this.#underWay)))
    )
  }
}

const elsewhere = (): Refused =>
  new Refused({
    code: "run.stop",
    message: "This run has ended, or was begun somewhere else than on these pages.",
    fix: "Stop it where it was begun."
  })
