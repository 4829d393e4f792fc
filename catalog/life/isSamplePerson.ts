/** Whether a name is one of the demo's: what such people vouch for is sample evidence, and shown as that. */
export const isSamplePerson = (by: string): boolean => by.startsWith("demo-steward-")
