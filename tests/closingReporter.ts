import type { Reporter, TestModule } from "vitest/node"

declare module "vitest" {
  interface TaskMeta {
    /** What a test could not do here and why, or what it leaves to a later issue. */
    note?: string
  }
}

/** Ends a run with what tests have to say (data that is not here, groups that wait) and one plain line of counts. */
export default class ClosingReporter implements Reporter {
  onTestRunEnd(modules: ReadonlyArray<TestModule>): void {
    const counts = { passed: 0, failed: 0, skipped: 0, pending: 0 }
    const notes = new Set<string>()
    for (const module of modules) {
      if (module.errors().length > 0) counts.failed++
      for (const test of module.children.allTests()) {
        counts[test.result().state]++
        const { note } = test.meta()
        if (note !== undefined) notes.add(note)
      }
    }
    for (const note of notes) process.stdout.write(`${note}\n`)
    process.stdout.write(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`)
  }
}
