/** An expression of the engine's bound plan, as `json_serialize_plan` writes it; only what lineage reads. */
export interface BoundExpression {
  readonly expression_class: string
  readonly type: string
  readonly name?: string
  /** Position in the columns of what the operator reads. */
  readonly index?: number
  /** In place of `index` below a table function. */
  readonly binding?: { readonly column_index: number }
  readonly children?: ReadonlyArray<BoundExpression>
  readonly child?: BoundExpression
  readonly case_checks?: ReadonlyArray<{ readonly when_expr: BoundExpression; readonly then_expr: BoundExpression }>
  readonly else_expr?: BoundExpression
  readonly filter?: BoundExpression | null
  readonly order_bys?: BoundOrders | null
  readonly partitions?: ReadonlyArray<BoundExpression>
  readonly orders?: ReadonlyArray<{ readonly expression: BoundExpression }>
  readonly function_data?: {
    readonly lambda_expr?: BoundExpression | null
    readonly has_index?: boolean
    readonly has_initial?: boolean
  }
}

interface BoundOrders {
  readonly orders: ReadonlyArray<{ readonly expression: BoundExpression }>
}

/** An operator of the bound plan. Its columns have no names, only positions. */
export interface BoundOperator {
  readonly type: string
  readonly children: ReadonlyArray<BoundOperator>
  readonly expressions?: ReadonlyArray<BoundExpression>
  readonly groups?: ReadonlyArray<BoundExpression>
  readonly grouping_functions?: ReadonlyArray<unknown>
  readonly names?: ReadonlyArray<string>
  readonly column_indexes?: ReadonlyArray<{ readonly index: number }>
  readonly projection_ids?: ReadonlyArray<number>
  readonly function_data?: { readonly schema?: string; readonly table?: string }
  readonly input_table_types?: ReadonlyArray<unknown>
  /** Columns of the input that a table function hands on behind its own. */
  readonly projected_input?: ReadonlyArray<number>
  readonly join_type?: string
  readonly conditions?: ReadonlyArray<{
    readonly left: BoundExpression
    readonly right: BoundExpression
    readonly comparison: string
  }>
  readonly condition?: BoundExpression
  readonly predicate?: BoundExpression | null
  readonly duplicate_eliminated_columns?: ReadonlyArray<BoundExpression>
  readonly orders?: BoundOrders["orders"]
  readonly order_by?: BoundOrders | null
  readonly distinct_type?: string
  readonly distinct_targets?: ReadonlyArray<BoundExpression>
  readonly table_index?: number
  readonly cte_index?: number
  readonly chunk_types?: ReadonlyArray<unknown>
  readonly expr_types?: ReadonlyArray<unknown>
}
