import { BlockList, isIPv4, isIPv6 } from "node:net"

/** What is no address of the public internet: private, loopback, link-local, shared, reserved, documentation, multicast, tunnels. */
const special = new BlockList()
for (const range of [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4"
])
  special.addSubnet(range.split("/")[0]!, Number(range.split("/")[1]), "ipv4")
/** Of IPv6 only the global unicast range is public, and not the parts of it that lead elsewhere. */
const global = new BlockList()
global.addSubnet("2000::", 3, "ipv6")
for (const range of ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"])
  special.addSubnet(range.split("/")[0]!, Number(range.split("/")[1]), "ipv6")

/** Whether an IP address may be connected to on behalf of somebody outside. @source IANA special-purpose address registries */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !special.check(address, "ipv4")
  return isIPv6(address) && global.check(address, "ipv6") && !special.check(address, "ipv6")
}
