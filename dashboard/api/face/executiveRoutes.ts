/** What executives may ask of the server beyond what all faces share. */
export const executiveRoutes = {}
