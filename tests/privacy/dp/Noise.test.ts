import { readdirSync, readFileSync } from "node:fs"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { seededBits } from "#core/random/BitSource.ts"
import { Noise } from "#privacy/dp/Noise.ts"
import { Rational } from "#privacy/dp/sampler/Rational.ts"

const draw = Effect.gen(function* () {
  const noise = yield* Noise
  return { salt: yield* noise.salt, figures: yield* noise.gaussian(Rational(100n), 40_000) }
})

describe("Noise", () => {
  it.effect("is whole, centred and different every time (mean within 6 sigma: false alarm 2e-9)", () =>
    Effect.gen(function* () {
      const [one, two] = [yield* draw, yield* draw]
      assert.isTrue(one.figures.every(Number.isSafeInteger))
      assert.isBelow(Math.abs(one.figures.reduce((sum, y) => sum + y, 0) / 40_000), (6 * 10) / 200)
      assert.notDeepEqual(one.figures, two.figures)
      assert.match(one.salt, /^[0-9a-f]{32}$/)
      assert.notStrictEqual(one.salt, two.salt)
    }).pipe(Effect.provide(Noise.layer))
  )

  it.effect("replays from given bits", () =>
    Effect.gen(function* () {
      const [one, two] = yield* Effect.forEach([1, 2], () =>
        draw.pipe(Effect.provide(Noise.layerOver(seededBits(5)), { local: true }))
      )
      assert.deepStrictEqual(one, two)
    })
  )

  /** What may draw otherwise, since what it draws protects nobody: which word, and for what. */
  const others: Readonly<Record<string, RegExp>> = {
    "synthesis/rows/roundedRows.ts": /seededBits/, // which rows get the fractions
    "synthesis/rows/splitJoined.ts": /seededBits/, // values inside a joined one
    "synthesis/decode/csvLines.ts": /seededBits/, // numbers inside a bin
    "synthesis/gan/ganRows.ts": /seededBits/, // rows of a trained network
    "synthesis/gan/trainGan.ts": /seededBits/, // first weights and latent draws; batches and noise come from Noise
    "disclosure/assessRisk.ts": /seededBits/, // which rows a report looks at
    "identifier/masks.ts": /randomBytes/ // nonces of encryption
  }

  it("is the only source of noise in privacy/: no Math.random, no random() in SQL, no seeded bits", () => {
    const files = readdirSync("privacy", { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"))
    assert.isAbove(files.length, 40)
    for (const file of files) {
      const path = file.replaceAll("\\", "/")
      // Consent names and overwrites things with random bytes, and releases nothing.
      const known = path.startsWith("consent/") ? /randomBytes|uuid\(\)/ : others[path]
      const whole = readFileSync(`privacy/${file}`, "utf8").replaceAll(/\/\*[\s\S]*?\*\//g, "")
      const text = known === undefined ? whole : whole.replaceAll(new RegExp(known.source, "g"), "")
      assert.notMatch(text, /Math\.random|\brandom\(\)|\buuid\(\)|seededBits|randomBytes/, file)
    }
  })
})
