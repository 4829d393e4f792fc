/** The words of the policies, as Cedar has them. Every request is checked against it before it is decided. */
export const accessSchema = `
entity Role enum ["steward", "buyer", "executive", "customer", "admin", "auditor", "nobody"];
entity User = { role: Role, device: String, assurance: Long };
entity Route = { callers: Set<Role>, open: Bool, fresh: Bool, writes: Bool };
entity Fields = { tags: Set<String> };
type Around = { purpose: String, zone: String, hour: Long, risk: String };
action call appliesTo { principal: [User], resource: [Route], context: Around };
action "plain", "bucket", "first", "few", "hash", "null"
  appliesTo { principal: [User], resource: [Fields], context: Around };
`
