/**
 * How a value is shown, from clear to not at all: as it is · as the range it lies in · its first characters · only where at least k rows share
 * it · a keyed hash, so that equal stays equal · an empty cell · the column is left out and may be named nowhere.
 */
export const masks = ["plain", "bucket", "first", "few", "hash", "null", "hidden"] as const
export type Mask = (typeof masks)[number]
