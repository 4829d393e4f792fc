/** A statement as `json_serialize_sql` writes it; only what provenance reads or changes is named, the rest is carried along. */
export interface QueryNode {
  readonly type: string
  readonly modifiers: ReadonlyArray<{ readonly type: string; readonly distinct_on_targets?: ReadonlyArray<unknown> }>
  readonly cte_map: {
    readonly map: ReadonlyArray<{
      readonly key: string
      readonly value: { readonly query: { readonly node: QueryNode } }
    }>
  }
  readonly select_list?: ReadonlyArray<Expression>
  readonly from_table?: TableRef
  readonly group_expressions?: ReadonlyArray<unknown>
  readonly group_sets?: ReadonlyArray<unknown>
  readonly aggregate_handling?: string
  readonly having?: Expression | null
  readonly qualify?: Expression | null
  readonly setop_type?: string
  readonly setop_all?: boolean
  readonly left?: QueryNode
  readonly right?: QueryNode
}

export interface Expression {
  readonly class: string
  readonly type: string
  readonly alias?: string
  readonly function_name?: string
  readonly subquery_type?: string
  readonly subquery?: { readonly node: QueryNode }
  readonly children?: ReadonlyArray<Expression>
  readonly columns?: boolean
  readonly expr?: unknown
  readonly relation_name?: string
  readonly exclude_list?: ReadonlyArray<string>
}

export interface TableRef {
  readonly type: string
  readonly alias: string
  readonly schema_name?: string
  readonly table_name?: string
  readonly left?: TableRef
  readonly right?: TableRef
  readonly ref_type?: string
  readonly join_type?: string
  readonly subquery?: { readonly node: QueryNode }
  readonly function?: Expression
  readonly sample?: unknown
  readonly column_name_alias?: ReadonlyArray<string>
}
