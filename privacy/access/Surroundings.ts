/** Under which circumstances something is asked. */
export interface Surroundings {
  /** What for: `operate` for the pages, else a DPV purpose. */
  readonly purpose: string
  /** Where the request comes from. */
  readonly zone: "loopback" | "network"
  /** Hour of the day in UTC, 0 to 23. */
  readonly hour: number
  /** `high` after many refusals of one session in a short time. */
  readonly risk: "low" | "high"
}
