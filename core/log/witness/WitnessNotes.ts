import { join } from "node:path"
import { folderFiles } from "../LogFiles.ts"
import type { LogFiles } from "../LogFiles.ts"

/** How the last round of asking ended. */
export interface WitnessRound {
  /** Entries of the checkpoint that was shown. */
  readonly size: number
  /** Seconds since 1970. */
  readonly at: number
  readonly witnesses: ReadonlyArray<string>
  readonly refused: ReadonlyArray<string>
  readonly away: ReadonlyArray<string>
  readonly quorum: boolean
}

/** What a home keeps of its witnesses, beside the log and not in it: theirs are not the log's words. */
export interface WitnessNotes {
  /** The C2SP policy whose witnesses are asked; undefined while there is none. */
  readonly policy: string | undefined
  /** The newest checkpoint that any of them cosigned, with all cosignatures of that round. */
  readonly cosigned: string | undefined
  readonly round: WitnessRound | undefined
  keep(name: "policy" | "cosigned", text: string): void
  keepRound(round: WitnessRound): void
}

/** The notes in the folder `witnesses` of a home. */
export function witnessNotes(home: string): WitnessNotes {
  const files: LogFiles = folderFiles(join(home, "witnesses"))
  const round = files.read("round.json")?.toString()
  return {
    policy: files.read("policy")?.toString(),
    cosigned: files.read("cosigned")?.toString(),
    round: round === undefined ? undefined : (JSON.parse(round) as WitnessRound),
    keep: (name, text) => files.replace(name, Buffer.from(text)),
    keepRound: (told) => files.replace("round.json", Buffer.from(JSON.stringify(told)))
  }
}
