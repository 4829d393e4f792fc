import type { FitOptions, FitProblem, FitResult } from "./FitProblem.ts"

/**
 * The accelerated interior gradient method: its error falls with the square of the steps. Beliefs are averaged over the
 * steps, and agreeing averages are again the marginals of a junction tree, so the answer needs no refit.
 * @source Auslender, Teboulle 2006; McKenna, Sheldon, Miklau 2019 (arXiv 1901.09136), section 4
 */
export function interiorGradient(problem: FitProblem, { steps, tolerance }: FitOptions): FitResult {
  const { propagation, loss, potentials, fixed, total } = problem
  const { beliefs } = propagation
  const like = (): Array<Float64Array> => potentials.map(({ length }) => new Float64Array(length))
  const logs = [...potentials, ...fixed]
  if (!propagation.propagate(logs, total)) return { loss: Number.POSITIVE_INFINITY, steps: 0, possible: false }
  const [newest, average, point, gradient] = [like(), like(), like(), like()]
  loss.read(newest)
  loss.read(average)
  const averageBeliefs = beliefs.map((belief) => Float64Array.from(belief))
  const l = 1 / loss.curvature
  let c = 1
  let current = loss.evaluate(average, gradient)
  let checkpoint = current
  let step = 0
  for (; step < steps; step++) {
    if (step % 25 === 0 && step > 0) {
      current = loss.evaluate(average, gradient)
      if (checkpoint - current <= tolerance * checkpoint) break
      checkpoint = current
    }
    const share = (Math.sqrt((c * l) ** 2 + 4 * c * l) - c * l) / 2
    mix(average, newest, share, point)
    loss.evaluate(point, gradient)
    c *= 1 - share
    const rate = share / (c * total)
    for (let r = 0; r < potentials.length; r++) {
      const [to, slope] = [potentials[r]!, gradient[r]!]
      for (let j = 0; j < to.length; j++) to[j]! -= rate * slope[j]!
    }
    if (!propagation.propagate(logs, total)) break
    loss.read(newest)
    mix(average, newest, share, average)
    mix(averageBeliefs, beliefs, share, averageBeliefs)
  }
  for (let i = 0; i < beliefs.length; i++) beliefs[i]!.set(averageBeliefs[i]!)
  return { loss: loss.evaluate(average, gradient), steps: step, possible: true }
}

function mix(
  a: ReadonlyArray<Float64Array>,
  b: ReadonlyArray<Float64Array>,
  share: number,
  to: ReadonlyArray<Float64Array>
): void {
  for (let r = 0; r < a.length; r++) {
    const [x, y, out] = [a[r]!, b[r]!, to[r]!]
    for (let j = 0; j < x.length; j++) out[j] = (1 - share) * x[j]! + share * y[j]!
  }
}
