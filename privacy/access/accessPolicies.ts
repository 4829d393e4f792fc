/** Categories whose single values say little about a person: what was bought, when, over which channel. */
const ordinary = `["dpv-pd:Transactional", "dpv-pd:Professional", "dpv-pd:Communication", "dpv-pd:Preference", "dpv-pd:ServiceConsumptionBehavior", "public"]`

/**
 * Who may do and see what. What no policy permits is refused, a forbid beats every permit, and a policy that fails refuses.
 *
 * Routes say themselves which roles may call them (`callers`); the policies say what else must hold. Fields carry tags: the categories of
 * their source, `unclassified`, `identifier`, and names of the house such as `crm.budget`. A set of tags is shown as clearly as its most
 * delicate member allows, so a permit names all tags that it covers and a forbid any of them.
 */
export const accessPolicies: Readonly<Record<string, string>> = {
  "route-open": `permit (principal, action == Action::"call", resource) when { resource.open };`,
  "route-role": `permit (principal, action == Action::"call", resource) when { resource.callers.contains(principal.role) };`,
  "step-up": `forbid (principal, action == Action::"call", resource) when { resource.fresh && principal.assurance >= 300 };`,
  "links-on-loopback": `forbid (principal, action == Action::"call", resource)
    when { principal.device == "link" && context.zone != "loopback" };`,
  risk: `forbid (principal, action == Action::"call", resource)
    when { context.risk == "high" && resource.writes && !resource.open && principal.assurance >= 300 };`,

  "steward-plain": `permit (principal, action == Action::"plain", resource)
    when { principal.role == Role::"steward" && ${ordinary}.containsAll(resource.tags) };`,
  "steward-budget": `permit (principal, action == Action::"bucket", resource)
    when { principal.role == Role::"steward" && ${ordinary.replace("]", ', "crm.budget"]')}.containsAll(resource.tags) };`,
  "steward-few": `permit (principal, action == Action::"few", resource)
    when { principal.role == Role::"steward" };`,
  "steward-hash": `permit (principal, action == Action::"hash", resource) when { principal.role == Role::"steward" };`,
  "executive-budget": `permit (principal, action == Action::"bucket", resource)
    when { principal.role == Role::"executive" && ["crm.budget"].containsAll(resource.tags) && resource.tags.contains("crm.budget") };`,
  "auditor-null": `permit (principal, action == Action::"null", resource) when { principal.role == Role::"auditor" };`,

  identifiers: `forbid (principal, action in [Action::"plain", Action::"bucket", Action::"first", Action::"few"], resource)
    when { resource.tags.containsAny(["identifier", "dpv-pd:Identifying", "dpv-pd:Name", "dpv-pd:EmailAddress", "dpv-pd:TelephoneNumber", "dpv-pd:PhysicalAddress"]) };`,
  "decision-makers": `forbid (principal, action in [Action::"plain", Action::"bucket", Action::"first", Action::"few", Action::"hash", Action::"null"], resource)
    when { resource.tags.contains("crm.decision_maker") };`,
  "values-for-verified": `forbid (principal, action in [Action::"plain", Action::"bucket", Action::"first", Action::"few", Action::"hash"], resource)
    when { principal.device == "none" || principal.device == "token" };`
}
