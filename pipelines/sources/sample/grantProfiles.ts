/** What subjects of the sample allow, as a CRM's consent flags say it; lists are parted by semicolons. */
export const grantProfiles: ReadonlyArray<GrantProfile> = [
  {
    weight: 62,
    actions: "store;derive;aggregate;train;share;sell",
    purposes: "dpv:ServiceProvision;dpv:ServiceOptimisation;dpv:MarketResearch;dpv:ResearchAndDevelopment",
    recipients: "internal;third-party"
  },
  {
    weight: 26,
    actions: "store;derive;aggregate;share;sell",
    purposes: "dpv:ServiceProvision;dpv:ServiceOptimisation;dpv:MarketResearch",
    recipients: "internal;third-party"
  },
  {
    weight: 8,
    actions: "store;derive;aggregate",
    purposes: "dpv:ServiceProvision;dpv:ServiceOptimisation",
    recipients: "internal"
  },
  { weight: 4, actions: "store", purposes: "dpv:ServiceProvision", recipients: "internal" }
]

interface GrantProfile {
  readonly weight: number
  readonly actions: string
  readonly purposes: string
  readonly recipients: string
}
