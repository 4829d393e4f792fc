import { Schema } from "effect"
import { Problem } from "./Problem.ts"
import type { OtherRoute } from "./otherRoutes.ts"
import type { Route } from "./route.ts"

type Json = Record<string, unknown>

/** Writes the OpenAPI 3.1 document of a set of routes. */
export function openApi(routes: Readonly<Record<string, Route>>, others: ReadonlyArray<OtherRoute> = []): Json {
  const schemas: Json = {}
  const describe = (schema: Schema.Codec<unknown>): Json => {
    const document = Schema.toJsonSchemaDocument(schema)
    for (const [name, definition] of Object.entries(document.definitions)) schemas[name] = inComponents(definition)
    return inComponents(document.schema)
  }
  const problem = { description: "A problem", content: { "application/json": { schema: describe(Problem) } } }
  const paths: Record<string, Json> = {}
  for (const [name, route] of Object.entries(routes)) {
    const path = route.path.replaceAll(/:(\w+)/g, "{$1}")
    const parameters = [
      ...[...route.path.matchAll(/:(\w+)/g)].map((match) => ({
        name: match[1],
        in: "path",
        required: true,
        schema: { type: "string" }
      })),
      ...Object.entries(route.query ?? {}).map(([key, schema]) => ({
        name: key,
        in: "query",
        required: !isOptional(schema),
        schema: describe(schema)
      }))
    ]
    paths[path] = {
      ...paths[path],
      [route.method.toLowerCase()]: {
        operationId: name,
        summary: route.summary,
        parameters,
        ...(route.body === undefined
          ? {}
          : { requestBody: { required: true, content: { "application/json": { schema: describe(route.body) } } } }),
        responses: { "200": { description: "Done", content: contentOf(route, describe) }, default: problem },
        security: route.callers === "anyone" ? [] : [{ session: [] }],
        "x-roles": route.callers,
        ...(route.fresh === true ? { "x-fresh-verification": true } : {})
      }
    }
  }
  for (const other of others) {
    const path = other.path.replaceAll(/:(\w+)/g, "{$1}")
    paths[path] = { ...paths[path], [other.method.toLowerCase()]: otherOperation(other) }
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Assay 数鉴",
      version: "1",
      description: "CRM records in; lawful, private, priced data products out."
    },
    paths,
    components: {
      schemas,
      securitySchemes: {
        session: { type: "apiKey", in: "cookie", name: "__Host-assay" },
        recipient: { type: "http", scheme: "bearer" }
      }
    }
  }
}

function otherOperation({ method, path, callers, summary, query, media }: OtherRoute): Json {
  const text = { type: "string" }
  return {
    operationId: `${method.toLowerCase()}${path.replaceAll(/(?<![^A-Za-z])[^A-Za-z]+(\w)/g, (_, letter: string) => letter.toUpperCase())}`,
    summary,
    parameters: [
      ...[...path.matchAll(/:(\w+)/g)].map((match) => ({ name: match[1], in: "path", required: true, schema: text })),
      ...(query ?? []).map((name) => ({ name, in: "query", required: false, schema: text }))
    ],
    ...(method === "POST" ? { requestBody: { content: { "application/json": { schema: { type: "object" } } } } } : {}),
    responses: { "200": { description: "Done", content: { [media]: { schema: {} } } } },
    security: callers === "anyone" ? [] : [{ [callers === "recipients" ? "recipient" : "session"]: [] }],
    "x-roles": callers
  }
}

function contentOf(route: Route, describe: (schema: Schema.Codec<unknown>) => Json): Json {
  if (route.response === "stream") return { "text/event-stream": { schema: { type: "string" } } }
  if (route.response === "file") {
    const binary = { schema: { type: "string", format: "binary" } }
    return {
      "application/vnd.apache.parquet": binary,
      "text/csv": binary,
      "application/x-ndjson": binary,
      "application/vnd.apache.arrow.stream": binary
    }
  }
  return {
    "application/json": { schema: route.response === "document" ? { type: "object" } : describe(route.response) }
  }
}

const isOptional = (schema: Schema.Codec<unknown>): boolean => schema.ast.context?.isOptional === true

const inComponents = (schema: object): Json =>
  JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/')) as Json
