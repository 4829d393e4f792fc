/**
 * The categories of personal data that a licence may name, each with the broader one it is part of. The place in the list is the bit
 * number: new ones go to the end, none is ever moved or removed. Whoever permits a category permits what is narrower.
 *
 * @source W3C DPV-PD 2.1, personal data categories
 */
export const categories: ReadonlyArray<readonly [id: string, broader: string | null]> = [
  ["dpv-pd:Identifying", null],
  ["dpv-pd:Name", "dpv-pd:Identifying"],
  ["dpv-pd:OfficialID", "dpv-pd:Identifying"],
  ["dpv-pd:Username", "dpv-pd:Identifying"],
  ["dpv-pd:Contact", null],
  ["dpv-pd:EmailAddress", "dpv-pd:Contact"],
  ["dpv-pd:TelephoneNumber", "dpv-pd:Contact"],
  ["dpv-pd:PhysicalAddress", "dpv-pd:Contact"],
  ["dpv-pd:Location", null],
  ["dpv-pd:Country", "dpv-pd:Location"],
  ["dpv-pd:GPSCoordinate", "dpv-pd:Location"],
  ["dpv-pd:Financial", null],
  ["dpv-pd:Transactional", "dpv-pd:Financial"],
  ["dpv-pd:Purchase", "dpv-pd:Transactional"],
  ["dpv-pd:FinancialAccount", "dpv-pd:Financial"],
  ["dpv-pd:Credit", "dpv-pd:Financial"],
  ["dpv-pd:Income", "dpv-pd:Financial"],
  ["dpv-pd:Ownership", "dpv-pd:Financial"],
  ["dpv-pd:Professional", null],
  ["dpv-pd:Job", "dpv-pd:Professional"],
  ["dpv-pd:EmploymentHistory", "dpv-pd:Professional"],
  ["dpv-pd:Education", null],
  ["dpv-pd:Communication", null],
  ["dpv-pd:Behavioral", null],
  ["dpv-pd:ServiceConsumptionBehavior", "dpv-pd:Behavioral"],
  ["dpv-pd:BrowsingBehavior", "dpv-pd:Behavioral"],
  ["dpv-pd:Preference", null],
  ["dpv-pd:Interest", "dpv-pd:Preference"],
  ["dpv-pd:Opinion", "dpv-pd:Preference"],
  ["dpv-pd:Intention", "dpv-pd:Preference"],
  ["dpv-pd:Demographic", null],
  ["dpv-pd:Age", "dpv-pd:Demographic"],
  ["dpv-pd:Gender", "dpv-pd:Demographic"],
  ["dpv-pd:DeviceBased", null],
  ["dpv-pd:IPAddress", "dpv-pd:DeviceBased"],
  ["dpv-pd:Social", null],
  ["dpv-pd:Family", "dpv-pd:Social"],
  ["dpv-pd:HealthRecord", null],
  ["dpv-pd:Biometric", null],
  ["dpv-pd:Image", null],
  ["dpv-pd:Voice", null]
]
