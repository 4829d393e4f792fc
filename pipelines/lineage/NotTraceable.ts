/** Why a statement cannot be followed row by row; caught where the trace begins and told as a refusal. */
export class NotTraceable extends Error {}
