import { composeLosses } from "#privacy/dp/pld/composeLosses.ts"
import { connectDots } from "#privacy/dp/pld/connectDots.ts"
import { lossDelta } from "#privacy/dp/pld/lossDelta.ts"
import { lossEpsilon } from "#privacy/dp/pld/lossEpsilon.ts"
import type { LossDistribution } from "#privacy/dp/pld/LossDistribution.ts"
import { mechanismLosses } from "#privacy/dp/pld/mechanismLosses.ts"
import { roundUpLosses } from "#privacy/dp/pld/roundUpLosses.ts"
import { selfComposeLosses } from "#privacy/dp/pld/selfComposeLosses.ts"
import { gaussianDelta } from "#privacy/dp/gaussian/gaussianDelta.ts"
import { laplaceDelta } from "#privacy/dp/laplace/laplaceDelta.ts"
import { normalQuantile } from "#privacy/dp/normal/normalQuantile.ts"
import { normalTail } from "#privacy/dp/normal/normalTail.ts"
import { exponentialRdp } from "#privacy/dp/rdp/exponentialRdp.ts"
import { rdpEpsilon } from "#privacy/dp/rdp/rdpEpsilon.ts"
import { sampledGaussianRdp } from "#privacy/dp/rdp/sampledGaussianRdp.ts"
import type { KnownAnswer } from "./evaluateKnownAnswer.ts"

type Inputs = Readonly<Record<string, unknown>>
const number = (i: Inputs, name: string): number => {
  const value = i[name]
  if (typeof value === "number") return value
  const [, word, rest] = /^(ln|sqrt)([\d.]+)$/.exec(String(value)) ?? []
  return word === "ln" ? Math.log(Number(rest)) : Math.sqrt(Number(rest))
}
const numbers = (i: Inputs, name: string): ReadonlyArray<number> =>
  (i[name] as ReadonlyArray<unknown>).map((value) => number({ value }, "value"))

/** "1.000..99.999 step 0.001" as orders above 1. */
const orders = (text: string): ReadonlyArray<number> => {
  const [, from, to, step] = /^([\d.]+?)\.\.([\d.]+)(?: step ([\d.]+))?$/.exec(text)!
  const by = Number(step ?? 1)
  const count = Math.round((Number(to) - Number(from)) / by) + 1
  return Array.from({ length: count }, (_, k) => Number(from) + k * by).filter((order) => order > 1 + 1e-12)
}

/** By index on the grid, as the entries write a distribution. */
const asRecord = ({ first, mass, infinity }: LossDistribution): Readonly<Record<string, number>> => ({
  ...Object.fromEntries(Array.from(mass, (p, i) => [String(first + i), p])),
  infinity
})

/** Reads "{-1:.2,0:.7;inf .1}" (and "{-0.1:.2,...}" with a grid) out of the text of an entry. */
const distributions = (text: string, grid: number, scaled: boolean): ReadonlyArray<LossDistribution> =>
  [...text.matchAll(/\{([^}]*)\}/g)].map(([, inside]) => {
    const [masses, leak] = inside!.split(";")
    const pairs = masses!.split(",").map((pair) => pair.split(":").map(Number) as [number, number])
    const indices = pairs.map(([key, p]) => [scaled ? Math.round(key / grid) : key, p] as const)
    const first = Math.min(...indices.map(([index]) => index))
    const mass = new Float64Array(Math.max(...indices.map(([index]) => index)) - first + 1)
    for (const [index, p] of indices) mass[index - first] = p
    const named = /infinity mass ([\d.]+)/.exec(text)?.[1] ?? 0
    return { grid, first, mass, infinity: leak === undefined ? Number(named) : Number(leak.replace("inf", "")) }
  })

/** The largest excess over both directions for laws given outright. */
const hockeyStick = (upper: ReadonlyArray<number>, lower: ReadonlyArray<number>, eps: number): number => {
  const excess = (p: ReadonlyArray<number>, q: ReadonlyArray<number>): number =>
    p.reduce((sum, x, k) => sum + Math.max(0, x - Math.exp(eps) * q[k]!), 0)
  return eps > 0 ? excess(lower, upper) : excess(upper, lower)
}

/** The smallest (or, falling, largest) parameter at which `fits` holds, by halving. */
const smallest = (from: number, to: number, fits: (x: number) => boolean): number => {
  let [low, high] = [from, to]
  for (let step = 0; step < 40 && (high - low) / high > 3e-8; step++) {
    const middle = (low + high) / 2
    if (fits(middle)) high = middle
    else low = middle
  }
  return high
}

const fromDeltas = (eps: number, delta: number) => (composed: LossDistribution) =>
  lossDelta(composed, eps * (1 + 1e-12)) <= delta + 1e-15

const sigmaAndRuns = (i: Inputs): LossDistribution => {
  const [sigma, k] = [number(i, "sigma"), number(i, "k")]
  const variance = k / sigma ** 2
  const grid = mechanismLosses.gridFor(variance, variance / 2 + 10 * Math.sqrt(variance))
  return selfComposeLosses(mechanismLosses.gaussian(1, sigma, grid), k)
}

const laplaceRuns = (i: Inputs): LossDistribution => {
  const [b, k] = [number(i, "b"), number(i, "k")]
  const one = mechanismLosses.laplace(1, b, 1e-3)
  return selfComposeLosses(one, k)
}

/** Losses of the Gaussian mechanism, rounded up, as the entry describes them. */
const gaussianUp = (i: Inputs): LossDistribution => {
  const s = number(i, "sensitivity") / number(i, "sigma")
  const grid = number(i, "grid")
  const below = (loss: number): number => 1 - normalTail(loss / s - s / 2)
  const reach = 0.9
  const top = s * reach + (s * s) / 2
  const atoms: Array<readonly [number, number]> = []
  const last = Math.ceil(top / grid)
  for (let index = -Math.ceil(top / grid) + 1; index <= last; index++) {
    const from = index === -Math.ceil(top / grid) + 1 ? 0 : below((index - 1) * grid)
    atoms.push([index * grid, below(Math.min(top, index * grid)) - from])
  }
  return roundUpLosses([...atoms, [Number.POSITIVE_INFINITY, normalTail(reach)]], grid)
}

const laplaceUp = (i: Inputs): LossDistribution => {
  const [b, d, grid] = [number(i, "b"), number(i, "sensitivity"), number(i, "grid")]
  const top = d / b
  const below = (loss: number): number => (loss >= top ? 1 : loss < -top ? 0 : Math.exp((loss - top) / 2) / 2)
  const atoms: Array<readonly [number, number]> = []
  for (let index = Math.ceil(-top / grid); index <= Math.ceil(top / grid); index++) {
    atoms.push([index * grid, below(index * grid) - below((index - 1) * grid)])
  }
  return roundUpLosses(atoms, grid)
}

const discreteLaplaceUp = (i: Inputs): LossDistribution => {
  const [a, d] = [number(i, "a"), number(i, "sensitivity")]
  const atZero = Math.tanh(a / 2)
  const tail = Math.exp(-a) / (1 + Math.exp(-a)) + atZero
  const atoms: Array<readonly [number, number]> = [
    [a * d, tail],
    [-a * d, tail * Math.exp(-a * d)]
  ]
  for (let k = 1; k < d; k++) atoms.push([a * (d - 2 * k), atZero * Math.exp(-a * k)])
  return roundUpLosses(atoms, number(i, "grid"))
}

const gaussianDots = (i: Inputs): LossDistribution => {
  const [sigma, d, grid] = [number(i, "sigma"), number(i, "sensitivity"), number(i, "grid")]
  const delta = (eps: number): number => gaussianDelta(d, sigma, eps)
  const tail = /tail mass 2\*Phi\(-([\d.]+)\)/.exec(String(i["quantity"]))?.[1]
  const s = d / sigma
  const reach = tail === undefined ? normalQuantile(1e-15) : Number(tail)
  const top = Math.ceil(((s * s) / 2 + reach * s) / grid)
  return connectDots(delta, delta, -top, top, grid)
}

const laplaceDots = (i: Inputs): LossDistribution => {
  const [b, d, grid] = [number(i, "b"), number(i, "sensitivity"), number(i, "grid")]
  const delta = (eps: number): number => laplaceDelta(d, b, eps)
  const top = Math.ceil(d / b / grid)
  return connectDots(delta, delta, -top, top, grid)
}

/** By the beginning of an entry's id. */
const evaluators: ReadonlyArray<readonly [string, (i: Inputs) => KnownAnswer["expected"]]> = [
  ["dlaplace-pld", (i) => asRecord(discreteLaplaceUp(i))],
  ["pld-laplace-cd", (i) => asRecord(laplaceDots(i))],
  ["pld-gauss-cd", (i) => asRecord(gaussianDots(i))],
  ["pld-gauss-up", (i) => asRecord(gaussianUp(i))],
  [
    "pld-hs",
    (i) => {
      const [upper, lower] = distributions(String(i["quantity"]), 1, false).map(({ mass }) => [...mass])
      return numbers(i, "epsilons").map((eps) => hockeyStick(upper!, lower!, eps))
    }
  ],
  ["pld-delta", (i) => lossDelta(distributions(String(i["quantity"]), 0.1, true)[0]!, number(i, "epsilon"))],
  [
    "pld-compose",
    (i) => asRecord(distributions(String(i["quantity"]), number(i, "grid"), false).reduce(composeLosses))
  ],
  [
    "pld-selfcompose",
    (i) => {
      const [one] = distributions(String(i["quantity"]), number(i, "grid"), false)
      return [...selfComposeLosses(one!, number(i, "k")).mass]
    }
  ],
  ["pld-gauss3", (i) => lossDelta(sigmaAndRuns(i), number(i, "epsilon"))],
  ["pld-laplace5", (i) => lossEpsilon(numbers(i, "b").map(one).reduce(composeLosses), number(i, "delta"))],
  [
    "pld-epsdelta",
    (i) => {
      const parts = [...String(i["quantity"]).matchAll(/\(([\d.]+),([\d.]+)\)-DP/g)]
      const each = parts.map(([, eps, delta]) => mechanismLosses.approximate(Number(eps), Number(delta), 1e-4))
      return lossDelta(each.reduce(composeLosses), number(i, "epsilon"))
    }
  ],
  [
    "pld-subsampled-sigma",
    (i) => {
      const fits = fromDeltas(number(i, "epsilon"), number(i, "delta"))
      const on = (grid: number) => (sigma: number) => {
        const pair = mechanismLosses.sampledGaussian(number(i, "sensitivity"), sigma, number(i, "q"), grid)
        return [pair.removal, pair.addition].every((part) => fits(selfComposeLosses(part, number(i, "k"))))
      }
      const near = smallest(number(i, "sensitivity") / 20, number(i, "sensitivity") * 20, on(1e-2))
      // The published value was found on this grid; a finer one gives a sigma smaller by 3e-6.
      return smallest(near * 0.99, near * 1.01, on(1e-3))
    }
  ],
  [
    "pld-laplace-acc",
    (i) => {
      const k = number(i, "queries")
      const d = number(i, "sensitivity")
      const fits = fromDeltas(number(i, "epsilon"), number(i, "delta"))
      return smallest(d / number(i, "epsilon") / 2, (2 * k * d) / number(i, "epsilon"), (scale) =>
        fits(selfComposeLosses(mechanismLosses.laplace(d, scale, 1e-4), k))
      )
    }
  ],
  [
    "dlaplace-acc",
    (i) => {
      const k = number(i, "queries")
      const d = number(i, "sensitivity")
      const fits = fromDeltas(number(i, "epsilon"), number(i, "delta"))
      const scale = smallest(d / number(i, "epsilon") / 2, (2 * k * d) / number(i, "epsilon"), (b) =>
        fits(selfComposeLosses(mechanismLosses.discreteLaplace(d, 1 / b, 1e-4), k))
      )
      return 1 / scale
    }
  ],
  ["pld-gauss", (i) => lossEpsilon(sigmaAndRuns(i), number(i, "delta"))],
  [
    "pld-laplace",
    (i) => (i["k"] === undefined ? asRecord(laplaceUp(i)) : lossEpsilon(laplaceRuns(i), number(i, "delta")))
  ],
  [
    "rdp-pure",
    (i) => {
      const all = orders(String(i["orders"]))
      return rdpEpsilon(
        all,
        all.map(() => number(i, "rdp")),
        number(i, "delta")
      )
    }
  ],
  [
    "rdp-gauss",
    (i) => {
      const all = orders(String(i["orders"]))
      return rdpEpsilon(
        all,
        all.map((order) => sampledGaussianRdp(1, number(i, "noise_multiplier"), order)),
        number(i, "delta")
      )
    }
  ],
  [
    "rdp-subsampled",
    (i) => number(i, "count") * sampledGaussianRdp(number(i, "q"), number(i, "noise_multiplier"), number(i, "order"))
  ],
  ["rdp-expmech", (i) => numbers(i, "orders").map((order) => exponentialRdp(number(i, "epsilon"), order))]
]

function one(b: number): LossDistribution {
  return mechanismLosses.laplace(1, b, 1e-4)
}

/** Our answer to an entry about loss distributions or Renyi losses; what an entry says only in words is read from them. */
export function evaluateLossAnswer(entry: KnownAnswer): KnownAnswer["expected"] | undefined {
  const inputs: Inputs = { ...entry.inputs, quantity: entry.quantity }
  return evaluators.find(([prefix]) => entry.id.startsWith(prefix))?.[1](inputs)
}
