interface Operation {
  readonly operationId: string
  readonly summary: string
  readonly parameters: ReadonlyArray<{ name: string; in: string; required: boolean; schema: object }>
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: object }>> }
  readonly responses: Readonly<
    Record<string, { readonly content: Readonly<Record<string, { readonly schema: object }>> }>
  >
  readonly "x-roles": ReadonlyArray<string> | string
  readonly "x-fresh-verification"?: boolean
}

interface Document {
  readonly info: { readonly title: string; readonly description: string }
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, object>> }
}

const escape = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;")

const json = (value: object): string =>
  // References read as links to where the schema stands.
  escape(JSON.stringify(value, null, 2)).replaceAll(
    /&quot;#\/components\/schemas\/(\w+)&quot;/g,
    '<a href="#schema-$1">$1</a>'
  )

const group = (path: string): string => /^\/(?:api\/)?([\w-]+)/.exec(path)?.[1] ?? "api"

/** Writes an OpenAPI document as one page that needs no script. */
export function referencePage(openApi: object): string {
  const { info, paths, components } = openApi as Document
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation }))
  )
  const groups = Map.groupBy(operations, ({ path }) => group(path))
  const list = [...groups].map(
    ([name, all]) =>
      `<h2>${escape(name)}</h2><ol>${all
        .map(
          ({ path, method, operation }) => `<li><a href="#${operation.operationId}">${method} ${escape(path)}</a></li>`
        )
        .join("")}</ol>`
  )
  const body = [...groups].map(([name, all]) => `<h2>${escape(name)}</h2>${all.map(section).join("")}`)
  const schemas = Object.entries(components.schemas).map(
    ([name, schema]) => `<section id="schema-${name}"><h3>${name}</h3><pre>${json(schema)}</pre></section>`
  )
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(info.title)} · API</title>
<link rel="stylesheet" href="/api/reference.css"></head>
<body><nav aria-label="Operations">${list.join("")}<a href="#schemas">Schemas</a></nav>
<main><h1>${escape(info.title)} · API</h1><p>${escape(info.description)}</p>
<p>For machines: <a href="/api/openapi.json">openapi.json</a>. Every failing answer is <a href="#schema-Problem">Problem</a>.</p>
${body.join("")}<h2 id="schemas">Schemas</h2>${schemas.join("")}</main></body></html>`
}

function section({ path, method, operation }: { path: string; method: string; operation: Operation }): string {
  const roles = operation["x-roles"]
  const who = typeof roles === "string" ? roles : roles.join(", ")
  const fresh = operation["x-fresh-verification"] === true ? "; verified within five minutes" : ""
  const rows = operation.parameters.map(
    (one) =>
      `<tr><th scope="row"><code>${escape(one.name)}</code></th><td>${one.in}</td><td>${one.required ? "required" : "optional"}</td><td><code>${json(one.schema)}</code></td></tr>`
  )
  const answer = Object.entries(operation.responses["200"]?.content ?? {})
  return `<section id="${operation.operationId}"><h3>${method} ${escape(path)}</h3><p>${escape(operation.summary)}.</p>
<p>Callers: ${escape(who)}${fresh}.</p>
${rows.length === 0 ? "" : `<table><tbody>${rows.join("")}</tbody></table>`}
${Object.entries(operation.requestBody?.content ?? {})
  .map(([media, { schema }]) => `<details><summary>Body: ${media}</summary><pre>${json(schema)}</pre></details>`)
  .join("")}
${answer.map(([media, { schema }]) => `<details><summary>Answer: ${media}</summary><pre>${json(schema)}</pre></details>`).join("")}</section>`
}
