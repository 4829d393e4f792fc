/** Where a product is in its life, in the order in which it gets there. @source product.md; the Shanghai Data Exchange's flow */
export const lifeStates = ["draft", "assessed", "registered", "listed", "suspended", "deprecated", "retired"] as const
export type LifeState = (typeof lifeStates)[number]

/** What may be done to a product, and between which states it leads. What is not here is not possible. */
export const lifeMoves = {
  submit: { from: ["draft"], to: "assessed" },
  reject: { from: ["assessed", "registered"], to: "draft" },
  register: { from: ["assessed"], to: "registered" },
  list: { from: ["registered"], to: "listed" },
  suspend: { from: ["listed"], to: "suspended" },
  resume: { from: ["suspended"], to: "listed" },
  deprecate: { from: ["listed", "suspended"], to: "deprecated" },
  retire: { from: ["draft", "assessed", "registered", "suspended", "deprecated"], to: "retired" }
} as const satisfies Readonly<Record<string, { readonly from: ReadonlyArray<LifeState>; readonly to: LifeState }>>
export type LifeMove = keyof typeof lifeMoves
