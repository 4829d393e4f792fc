import type { RunNote } from "../../api/RunNote.ts"

/** What is told under each topic. */
interface Topics {
  readonly runs: RunNote
}

const eventOf: Readonly<Record<keyof Topics, string>> = { runs: "run" }

/**
 * Listens to what happens on the server from now on; the browser resumes by itself where it lost the line.
 *
 * @param onLive  told whether the line stands
 * @returns       what stops it
 */
export function listen<K extends keyof Topics>(
  topic: K,
  onNote: (note: Topics[K]) => void,
  onLive: (live: boolean) => void = () => undefined
): () => void {
  const source = new EventSource(`/api/events?topic=${topic}`)
  source.addEventListener(eventOf[topic], (event) => onNote(JSON.parse((event as MessageEvent<string>).data)))
  source.addEventListener("open", () => onLive(true))
  source.addEventListener("error", () => onLive(false))
  return () => source.close()
}
