import { describe, expect, it } from "@effect/vitest"
import { composeMechanisms } from "#privacy/dp/account/composeMechanisms.ts"

describe("composeMechanisms", () => {
  it("gives the published figures for 100 Gaussians of sigma 10: 5.222 by zCDP, 4.887 by loss distributions", () => {
    const loss = composeMechanisms({
      delta: 1e-6,
      mechanisms: [{ gaussian: { sigma: 10, sensitivity: 1 }, count: 100 }]
    })
    expect(loss.rho).toBeCloseTo(0.5, 12)
    expect(loss.epsilon).toBeCloseTo(5.2215, 4)
    expect(loss.byPld.epsilon).toBeCloseTo(4.886554585, 5)
  })

  it("charges the exponential mechanism eps^2 / 8 and discrete Laplace noise by its own law", () => {
    expect(composeMechanisms({ delta: 1e-6, mechanisms: [{ exponential: { epsilon: 1 }, count: 8 }] }).rho).toBe(1)
    const laplace = composeMechanisms({ delta: 1e-6, mechanisms: [{ laplace: { scale: 1, sensitivity: 1 } }] })
    expect(laplace.rho).toBeCloseTo(0.462117, 6)
    expect(laplace.byPld.epsilon).toBeCloseTo(1, 3)
  })

  it("does not depend on how a list is cut, and never falls as runs are added", () => {
    const one = { gaussian: { sigma: 5, sensitivity: 1 }, count: 6 }
    const other = { laplace: { scale: 4, sensitivity: 2 }, count: 2 }
    const whole = composeMechanisms({ delta: 1e-7, mechanisms: [one, other] })
    const cut = composeMechanisms({ delta: 1e-7, mechanisms: [{ ...one, count: 2 }, other, { ...one, count: 4 }] })
    expect(cut.rho).toBeCloseTo(whole.rho, 12)
    expect(cut.byPld.epsilon).toBeCloseTo(whole.byPld.epsilon, 6)
    const more = composeMechanisms({ delta: 1e-7, mechanisms: [one, { ...other, count: 3 }] })
    expect(more.byPld.epsilon).toBeGreaterThan(whole.byPld.epsilon)
    expect(more.epsilon).toBeGreaterThan(whole.epsilon)
  })

  it("answers for a thousand wide mechanisms on a coarser grid", () => {
    const { byPld, epsilon } = composeMechanisms({
      delta: 1e-6,
      mechanisms: [{ gaussian: { sigma: 1, sensitivity: 1 }, count: 1000 }]
    })
    expect(byPld.epsilon).toBeGreaterThan(600)
    expect(byPld.epsilon).toBeLessThan(epsilon)
  })
})
