import type { Expression } from "./StatementTree.ts"

const column = (column_names: ReadonlyArray<string>): Expression =>
  ({ class: "COLUMN_REF", type: "COLUMN_REF", alias: "", query_location: 0, column_names }) as Expression

const call = (function_name: string, children: ReadonlyArray<Expression>): Expression =>
  ({
    class: "FUNCTION",
    type: "FUNCTION",
    alias: "",
    query_location: 0,
    function_name,
    schema: "",
    children,
    filter: null,
    order_bys: { type: "ORDER_MODIFIER", orders: [] },
    distinct: false,
    is_operator: false,
    export_state: false,
    catalog: ""
  }) as Expression

const nothing = (id: "UUID" | "BOOLEAN"): Expression =>
  ({
    class: "CONSTANT",
    type: "VALUE_CONSTANT",
    alias: "",
    query_location: 0,
    value: { type: { id, type_info: null }, is_null: true }
  }) as Expression

const truth = (value: boolean): Expression =>
  ({
    class: "CONSTANT",
    type: "VALUE_CONSTANT",
    alias: "",
    query_location: 0,
    value: { type: { id: "BOOLEAN", type_info: null }, is_null: false, value }
  }) as Expression

/** Parts of a statement tree as the engine's parser would write them. */
export const treeNodes = { column, call, nothing, truth }
