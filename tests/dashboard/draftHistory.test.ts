import { describe, expect, it } from "vitest"
import type { Draft } from "#dashboard/web/face/steward/Draft.ts"
import { DraftHistory } from "#dashboard/web/face/steward/DraftHistory.ts"

const draft = (owner: string): Draft => ({ owner }) as Draft

describe("the history of a draft", () => {
  it("takes typing into one field as one step, and another field or a pause as the next", () => {
    const history = new DraftHistory()
    const [a, ab, abc, other, later] = ["a", "ab", "abc", "other", "later"].map(draft)
    history.note(a, "owner", 0)
    history.note(ab, "owner", 200)
    history.note(abc, "title", 400)
    history.note(other, "title", 5000)
    expect(history.undo(later!)).toBe(other)
    expect(history.undo(other!)).toBe(abc)
    expect(history.undo(abc!)).toBe(a)
    expect(history.undo(a!)).toBeUndefined()
    expect(history.redo(a!)).toBe(abc)
    expect(history.redo(abc!)).toBe(other)
  })

  it("forgets what was undone once something else is changed", () => {
    const history = new DraftHistory()
    const [a, b, c] = ["a", "b", "c"].map(draft)
    history.note(a, "owner", 0)
    expect(history.undo(b!)).toBe(a)
    expect(history.canRedo).toBe(true)
    history.note(a, "title", 100)
    expect(history.canRedo).toBe(false)
    expect(history.redo(c!)).toBeUndefined()
  })

  it("knows a draft as saved again when its changes were taken back", () => {
    const history = new DraftHistory()
    const [saved, changed] = ["saved", "changed"].map(draft)
    history.save(saved)
    history.note(saved, "owner", 0)
    expect(history.isSaved(changed)).toBe(false)
    expect(history.isSaved(history.undo(changed!))).toBe(true)
  })

  it("does not grow without end", () => {
    const history = new DraftHistory()
    for (let i = 0; i < 500; i++) history.note(draft(String(i)), "owner", i * 5000)
    let steps = 0
    for (let now: Draft | undefined = draft("now"); now !== undefined; steps++) now = history.undo(now)
    expect(steps).toBeLessThanOrEqual(101)
  })
})
