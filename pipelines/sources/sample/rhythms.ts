import type { Rhythm } from "./calendar.ts"

const officeHours = [0, 0, 0, 0, 0, 0, 0, 0.2, 2, 5, 6, 5, 2, 3, 6, 6, 5, 3, 1, 0.4, 0.2, 0.1, 0, 0]

/** Companies buy equipment and software on working days; spring festival and national day are quiet, year ends are busy. */
const office: Rhythm = {
  months: [0.9, 0.55, 1.15, 1.1, 1.05, 1.1, 1, 0.95, 1.1, 0.9, 1.15, 1.25],
  weekdays: [1.1, 1.15, 1.1, 1.05, 0.95, 0.18, 0.08],
  hours: officeHours,
  festivals: [
    [10, 1, 7, 0.15],
    [5, 1, 5, 0.25],
    [1, 1, 3, 0.2]
  ],
  growth: 1.5
}

/** Consumers buy in the evening and at weekends, and above all on 6-18, Singles' day and 12-12. */
const shopping: Rhythm = {
  months: [0.95, 0.75, 0.95, 0.9, 1, 1.15, 0.9, 0.95, 1, 0.95, 1.3, 1.15],
  weekdays: [0.9, 0.9, 0.92, 0.95, 1.05, 1.2, 1.15],
  hours: [0.8, 0.3, 0.1, 0.1, 0.1, 0.2, 0.5, 1, 1.5, 2, 2.5, 2.5, 3, 2.5, 2.3, 2.2, 2.3, 2.5, 3, 4, 5, 5, 4, 2],
  festivals: [
    [11, 1, 3, 2.2],
    [11, 9, 12, 4],
    [6, 16, 18, 3],
    [12, 12, 12, 2.5]
  ],
  growth: 2
}

export const rhythms = { office, shopping } as const
