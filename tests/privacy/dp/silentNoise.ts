import { Effect, Layer } from "effect"
import { Noise } from "#privacy/dp/Noise.ts"

/** Noise that is always zero and choices that are always best: what a release would say if it were exact. */
export const silentNoise = Layer.succeed(
  Noise,
  Noise.of({
    gaussian: (_, n) => Effect.succeed(new Float64Array(n)),
    chooser: () => Effect.succeed((misses) => misses.indexOf(Math.min(...misses))),
    picker: () => Effect.succeed((scores) => scores.indexOf(Math.max(...scores))),
    rounded: (_, n) => Effect.succeed(new Float64Array(n)),
    sample: (threshold, n) => Effect.succeed(Uint32Array.from({ length: threshold > 0 ? n : 0 }, (_, row) => row)),
    salt: Effect.succeed("0".repeat(32))
  })
)
