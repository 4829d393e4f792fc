import type { AssetColumn } from "../engine/Engine.ts"

const producer = "urn:assay:pipelines"
const facet = (path: string): { readonly _producer: string; readonly _schemaURL: string } => ({
  _producer: producer,
  _schemaURL: `https://openlineage.io/spec/${path}`
})
const named = (version: string, name: string) => facet(`facets/${version}/${name}.json#/$defs/${name}`)

/** The facets that we emit, each in the version that its URL names. */
export const openLineageFacet = {
  producer,
  jobNamespace: "assay",
  schema: (columns: ReadonlyArray<AssetColumn>) => ({
    ...named("1-2-0", "SchemaDatasetFacet"),
    fields: columns.map(({ name, type }) => ({ name, type }))
  }),
  columnLineage: <Fields extends object>(body: Fields) => ({ ...named("1-2-0", "ColumnLineageDatasetFacet"), ...body }),
  assertions: <Assertion extends object>(assertions: ReadonlyArray<Assertion>) => ({
    ...named("1-1-0", "DataQualityAssertionsDatasetFacet"),
    assertions
  }),
  statistics: (rowCount: number, size: number | undefined) => ({
    ...named("1-0-2", "OutputStatisticsOutputDatasetFacet"),
    rowCount,
    ...(size === undefined ? {} : { size })
  }),
  parent: (runId: string, job: { readonly namespace: string; readonly name: string }) => ({
    ...named("1-2-0", "ParentRunFacet"),
    run: { runId },
    job
  }),
  error: (message: string) => ({ ...named("1-0-1", "ErrorMessageRunFacet"), message, programmingLanguage: "SQL" }),
  engine: () => ({ ...named("1-1-1", "ProcessingEngineRunFacet"), version: "1.5", name: "DuckDB" }),
  jobType: (jobType: "RUN" | "ASSET" | "CHECK") => ({
    ...named("2-0-4", "JobTypeJobFacet"),
    processingType: "BATCH",
    integration: "ASSAY",
    jobType
  }),
  sql: (query: string) => ({ ...named("1-1-0", "SQLJobFacet"), query, dialect: "duckdb" }),
  own: <Body extends object>(kind: "RunFacet" | "DatasetFacet", body: Body) => ({
    ...facet(`2-0-2/OpenLineage.json#/$defs/${kind}`),
    ...body
  })
}
