import type { Callers } from "./route.ts"

/** A route that another protocol shapes, or that has no body of ours: told in the document, answered elsewhere. */
export interface OtherRoute {
  readonly method: "GET" | "HEAD" | "OPTIONS" | "POST"
  readonly path: string
  readonly callers: Callers | "recipients"
  readonly summary: string
  readonly query?: ReadonlyArray<string>
  readonly media: string
}

const table = "/delta-sharing/shares/:share/schemas/:schema/tables/:table"
const page = ["maxResults", "pageToken"]
const json = "application/json"
const ndjson = "application/x-ndjson"

const sharing = (
  method: OtherRoute["method"],
  path: string,
  summary: string,
  media: string,
  query?: ReadonlyArray<string>
): OtherRoute => ({ method, path, callers: "recipients", summary, media, ...(query === undefined ? {} : { query }) })

/** What the server answers beside its own routes: Delta Sharing by a recipient's token, OpenLineage, and what tells how it is. */
export const otherRoutes: ReadonlyArray<OtherRoute> = [
  sharing("GET", "/delta-sharing/shares", "Lists the recipient's shares", json, page),
  sharing("GET", "/delta-sharing/shares/:share", "Shows a share", json),
  sharing("GET", "/delta-sharing/shares/:share/schemas", "Lists the schemas of a share", json, page),
  sharing("GET", "/delta-sharing/shares/:share/schemas/:schema/tables", "Lists the tables of a schema", json, page),
  sharing("GET", "/delta-sharing/shares/:share/all-tables", "Lists the tables of a share", json, page),
  sharing("GET", `${table}/version`, "Tells the version of a table in a header", ndjson, ["startingTimestamp"]),
  sharing("HEAD", table, "The same without a body", ndjson),
  sharing("GET", `${table}/metadata`, "Tells the protocol and the columns of a table", ndjson),
  sharing("POST", `${table}/query`, "Names the files of a table", ndjson),
  sharing("GET", `${table}/changes`, "Refused: versions are whole tables", json),
  sharing("GET", "/delta-sharing/files/:ticket", "Sends a file, whole or in part", "application/vnd.apache.parquet"),
  sharing("HEAD", "/delta-sharing/files/:ticket", "The same without a body", "application/vnd.apache.parquet"),
  {
    method: "GET",
    path: "/api/v1/lineage",
    callers: ["steward"],
    summary: "Lists OpenLineage events, ours and those of others",
    query: ["job", "run", "after", "limit"],
    media: json
  },
  {
    method: "POST",
    path: "/api/v1/lineage",
    callers: ["steward"],
    summary: "Keeps an OpenLineage event of another tool; 1 MiB at most",
    media: json
  },
  sharing("GET", "/api/v1/lookup/:product", "Looks rows up by the key columns of a release", json),
  sharing("GET", "/api/v1/usage", "Tells what the key has used", json),
  {
    method: "OPTIONS",
    path: "/api/embed/v1/*",
    callers: "recipients",
    summary: "Tells a browser whether a page of others may ask with a token",
    media: json
  },
  sharing("GET", "/api/embed/v1/products/:id/price", "Shows a price on a page of others, by its token", json),
  sharing("GET", "/api/embed/v1/products/:id/lineage", "Shows what a product is made from, by its token", json),
  sharing("GET", "/api/embed/v1/assets/:id/lineage", "Shows what an asset is made from, by its token", json),
  {
    method: "GET",
    path: "/metrics",
    callers: "anyone",
    summary: "Counts and durations of requests, in the text form of Prometheus",
    media: "text/plain"
  },
  { method: "GET", path: "/api", callers: "anyone", summary: "This document as a page", media: "text/html" },
  { method: "GET", path: "/api/reference.css", callers: "anyone", summary: "How that page looks", media: "text/css" }
]
