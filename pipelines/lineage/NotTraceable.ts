/** Why a statement cannot be followed row by row, and what would help; caught where the trace begins and told as a refusal. */
export class NotTraceable extends Error {
  readonly fix: string

  constructor(
    why: string,
    fix = "Write that part in another way, or let the statement carry _event_id of the row that stands."
  ) {
    super(why)
    this.fix = fix
  }
}
