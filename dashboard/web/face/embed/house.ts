/** Where to ask: the server that the script came from, the own one on our own pages. */
export const house = { address: location.origin }
