/**
 * The canonical CRM: the columns that every source is conformed to, whatever its own tables look like.
 * A stream declared `as: order` yields core.order with exactly these columns; what its source file does not map
 * is null, and what it maps beyond them is refused. A stream without `as` stays its own core table.
 * Money is `<name>_minor` (integer minor units) with the row's one `currency`: a source maps `<name>`.
 * Times are wall clock of the source, without a zone. `subject_id` comes from the stream's `subject`, not from `fields`.
 */
export const model: Readonly<Record<CanonicalName, CanonicalStream>> = {
  account: {
    key: ["account_id"],
    time: "created_at",
    columns: [
      required("account_id", "VARCHAR", "Account identifier in the source", "客户编号"),
      subject(),
      text("name", "Company or person name", "客户名称"),
      text("kind", "company or individual", "客户类型：企业或个人"),
      text("business", "Line of business that serves the account", "所属业务线"),
      text("industry", "Industry of the company", "所属行业"),
      text("size_band", "Company size band", "企业规模"),
      whole("employees", "Number of employees", "员工人数"),
      whole("founded_year", "Year of foundation", "成立年份"),
      money("revenue_minor", "Annual revenue in minor units", "年营业额（分）"),
      currency(),
      ...place(),
      text("address", "Postal address", "地址"),
      text("phone", "Telephone number", "电话"),
      text("email", "E-mail address", "电子邮箱"),
      text("parent_account_id", "Account of the parent company", "上级公司客户编号"),
      text("owner", "Person in charge on the seller's side", "负责人"),
      time("created_at", "When the account was opened", "建档时间")
    ]
  },
  contact: {
    key: ["contact_id"],
    time: "created_at",
    columns: [
      required("contact_id", "VARCHAR", "Contact identifier", "联系人编号"),
      subject(),
      text("account_id", "Account the contact belongs to", "所属客户编号"),
      text("name", "Name of the person", "联系人姓名"),
      text("role", "Part played in a purchase decision", "采购决策角色"),
      text("title", "Job title", "职务"),
      text("phone", "Telephone number", "电话"),
      text("email", "E-mail address", "电子邮箱"),
      time("created_at", "When the contact was recorded", "建档时间")
    ]
  },
  lead: {
    key: ["lead_id"],
    time: "created_at",
    columns: [
      required("lead_id", "VARCHAR", "Lead identifier", "线索编号"),
      subject(),
      text("account_id", "Account, once known", "客户编号"),
      text("opportunity_id", "Opportunity it became", "转化商机编号"),
      text("company_name", "Company as the lead gave it", "企业名称"),
      text("name", "Person who asked", "联系人姓名"),
      text("phone", "Telephone number", "电话"),
      text("email", "E-mail address", "电子邮箱"),
      text("channel", "Where the lead came from", "来源渠道"),
      text("interest", "What the lead asked about", "意向产品"),
      text("status", "State of the lead", "线索状态"),
      text("region", "Sales region", "大区"),
      whole("score", "Lead score, 0 to 100", "线索评分"),
      time("created_at", "When the lead arrived", "线索时间"),
      time("converted_at", "When it became an opportunity", "转化时间")
    ]
  },
  opportunity: {
    key: ["opportunity_id"],
    time: "opened_at",
    columns: [
      required("opportunity_id", "VARCHAR", "Opportunity identifier", "商机编号"),
      subject(),
      text("account_id", "Account that may buy", "客户编号"),
      text("contact_id", "Main contact", "主要联系人编号"),
      text("product_id", "Product in question", "产品编号"),
      text("name", "Title of the opportunity", "商机名称"),
      text("stage", "Stage reached", "商机阶段"),
      text("equipment_class", "Class of equipment", "设备类别"),
      money("amount_minor", "Expected or final value in minor units", "商机金额（分）"),
      currency(),
      whole("probability", "Chance of winning in percent", "赢单概率（%）"),
      text("owner", "Sales person in charge", "销售负责人"),
      time("opened_at", "When it was opened", "创建时间"),
      time("expected_close_at", "Planned closing day", "预计成交时间"),
      time("closed_at", "When it was won or lost", "关闭时间")
    ]
  },
  order: {
    key: ["order_id"],
    time: "ordered_at",
    columns: [
      required("order_id", "VARCHAR", "Order identifier", "订单编号"),
      subject(),
      text("account_id", "Account that ordered", "客户编号"),
      text("contact_id", "Contact that ordered", "联系人编号"),
      text("opportunity_id", "Opportunity it closes", "商机编号"),
      text("business", "Line of business", "业务线"),
      text("status", "State of the order", "订单状态"),
      text("channel", "Sales channel", "下单渠道"),
      text("category", "Main product category", "主要品类"),
      text("price_band", "Band of the order value", "价格带"),
      text("payment_method", "Means of payment", "支付方式"),
      ...place(),
      whole("items", "Number of pieces", "件数"),
      money("amount_minor", "Order value in minor units", "订单金额（分）"),
      currency(),
      time("ordered_at", "When the order was placed", "下单时间"),
      time("approved_at", "When the order was approved or paid", "审核或付款时间"),
      time("shipped_at", "When it left the warehouse", "发货时间"),
      time("delivered_at", "When it reached the buyer", "签收时间"),
      time("promised_at", "Promised delivery", "承诺送达时间")
    ]
  },
  order_line: {
    key: ["order_id", "line_number"],
    time: "ordered_at",
    columns: [
      required("order_id", "VARCHAR", "Order the line belongs to", "订单编号"),
      required("line_number", "BIGINT", "Position within the order", "行号"),
      subject(),
      text("product_id", "Product ordered", "产品编号"),
      text("category", "Product category", "品类"),
      whole("quantity", "Pieces", "数量"),
      money("unit_price_minor", "Price of one piece in minor units", "单价（分）"),
      money("freight_minor", "Freight in minor units", "运费（分）"),
      money("amount_minor", "Line value in minor units", "行金额（分）"),
      currency(),
      time("ordered_at", "When the order was placed", "下单时间")
    ]
  },
  product: {
    key: ["product_id"],
    time: "launched_at",
    columns: [
      required("product_id", "VARCHAR", "Product identifier", "产品编号"),
      text("name", "Product name", "产品名称"),
      text("business", "Line of business", "业务线"),
      text("category", "Product category or equipment class", "品类或设备类别"),
      text("series", "Product series or brand", "系列或品牌"),
      text("unit", "Sales unit", "销售单位"),
      money("list_price_minor", "List price in minor units", "标价（分）"),
      currency(),
      whole("weight_g", "Weight in grams", "重量（克）"),
      time("launched_at", "When it came on sale", "上市时间")
    ]
  },
  subscription: {
    key: ["subscription_id"],
    time: "started_at",
    columns: [
      required("subscription_id", "VARCHAR", "Subscription identifier", "订阅编号"),
      subject(),
      text("account_id", "Account that subscribes", "客户编号"),
      text("product_id", "Software subscribed to", "产品编号"),
      text("plan", "Plan", "套餐"),
      text("status", "State of the subscription", "订阅状态"),
      text("billing_period", "How often it is billed", "计费周期"),
      money("amount_minor", "Price of one billing period in minor units", "每期金额（分）"),
      currency(),
      whole("seats", "Seats bought", "购买席位数"),
      whole("active_users", "Users active in the last 30 days", "近30天活跃用户数"),
      whole("logins_30d", "Logins in the last 30 days", "近30天登录次数"),
      whole("modules_used", "Modules in use", "使用模块数"),
      whole("storage_mb", "Storage used in MB", "存储用量（MB）"),
      whole("maturity_strategy", "Maturity answer 1-5: strategy", "成熟度问卷1-5：战略规划"),
      whole("maturity_process", "Maturity answer 1-5: processes", "成熟度问卷1-5：业务流程"),
      whole("maturity_data", "Maturity answer 1-5: data", "成熟度问卷1-5：数据应用"),
      whole("maturity_people", "Maturity answer 1-5: people", "成熟度问卷1-5：人员能力"),
      whole("maturity_tools", "Maturity answer 1-5: tools", "成熟度问卷1-5：工具平台"),
      whole("maturity_security", "Maturity answer 1-5: security", "成熟度问卷1-5：安全合规"),
      time("started_at", "When it began", "开始时间"),
      time("renews_at", "Next renewal", "下次续约时间"),
      time("ended_at", "When it ended", "终止时间")
    ]
  },
  ticket: {
    key: ["ticket_id"],
    time: "opened_at",
    columns: [
      required("ticket_id", "VARCHAR", "Ticket identifier", "工单编号"),
      subject(),
      text("account_id", "Account that asked", "客户编号"),
      text("contact_id", "Person who asked", "联系人编号"),
      text("product_id", "Product concerned", "产品编号"),
      text("business", "Line of business", "业务线"),
      text("category", "Category", "问题类别"),
      text("subcategory", "Subcategory", "问题子类"),
      text("status", "State of the ticket", "工单状态"),
      text("priority", "Priority", "优先级"),
      text("impact", "Impact", "影响程度"),
      text("urgency", "Urgency", "紧急程度"),
      text("channel", "How it was raised", "提交渠道"),
      text("assignment_group", "Group in charge", "处理组"),
      whole("reassignments", "How often it was handed on", "转派次数"),
      whole("satisfaction", "Satisfaction answer, 1 to 5", "满意度1-5"),
      time("opened_at", "When it was opened", "提交时间"),
      time("updated_at", "When it last changed", "更新时间"),
      time("resolved_at", "When it was resolved", "解决时间"),
      time("closed_at", "When it was closed", "关闭时间"),
      text("text", "What was said", "问题描述")
    ]
  },
  interaction: {
    key: ["interaction_id"],
    time: "occurred_at",
    columns: [
      required("interaction_id", "VARCHAR", "Interaction identifier", "互动编号"),
      subject(),
      text("account_id", "Account concerned", "客户编号"),
      text("contact_id", "Person on the customer's side", "联系人编号"),
      text("opportunity_id", "Opportunity it belongs to", "商机编号"),
      text("order_id", "Order it is about", "订单编号"),
      text("ticket_id", "Ticket it is about", "工单编号"),
      text("subscription_id", "Subscription it is about", "订阅编号"),
      text("business", "Line of business", "业务线"),
      text("channel", "Call, chat, e-mail, visit or web", "互动方式"),
      text("direction", "inbound or outbound", "方向：呼入或呼出"),
      text("contact_role", "Decision role of the contact", "联系人决策角色"),
      text("stage", "Stage of the opportunity at that time", "当时的商机阶段"),
      text("equipment_class", "Class of equipment", "设备类别"),
      whole("gap_days", "Days since the previous touch of the opportunity", "距上次接触天数"),
      whole("duration_seconds", "Length in seconds", "时长（秒）"),
      text("agent", "Person on the seller's side", "我方人员"),
      time("occurred_at", "When it happened", "发生时间"),
      time("received_at", "When the CRM got to know of it", "入库时间"),
      text("text", "What was said or written", "互动内容")
    ]
  }
}

export type CanonicalName =
  | "account"
  | "contact"
  | "lead"
  | "opportunity"
  | "order"
  | "order_line"
  | "product"
  | "subscription"
  | "ticket"
  | "interaction"

export interface CanonicalStream {
  readonly key: ReadonlyArray<string>
  /** The column that a stream's declared `time` fills when `fields` does not map it. */
  readonly time: string
  readonly columns: ReadonlyArray<CanonicalColumn>
}

export interface CanonicalColumn {
  readonly name: string
  readonly type: "VARCHAR" | "BIGINT" | "TIMESTAMP"
  readonly description: { readonly en: string; readonly zh: string }
  /** A stream declared with this name must map it; other columns may stay null. */
  readonly required: boolean
}

function required(name: string, type: CanonicalColumn["type"], en: string, zh: string): CanonicalColumn {
  return { name, type, description: { en, zh }, required: true }
}

function optional(type: CanonicalColumn["type"]) {
  return (name: string, en: string, zh: string): CanonicalColumn => ({
    name,
    type,
    description: { en, zh },
    required: false
  })
}

function text(name: string, en: string, zh: string): CanonicalColumn {
  return optional("VARCHAR")(name, en, zh)
}

function whole(name: string, en: string, zh: string): CanonicalColumn {
  return optional("BIGINT")(name, en, zh)
}

function money(name: string, en: string, zh: string): CanonicalColumn {
  return optional("BIGINT")(name, en, zh)
}

function time(name: string, en: string, zh: string): CanonicalColumn {
  return optional("TIMESTAMP")(name, en, zh)
}

function subject(): CanonicalColumn {
  return text("subject_id", "The customer the record is about: the unit of privacy", "数据主体编号")
}

function currency(): CanonicalColumn {
  return text("currency", "Currency of the amounts in this row (ISO 4217)", "币种")
}

function place(): ReadonlyArray<CanonicalColumn> {
  return [
    text("country", "Country", "国家"),
    text("region", "Sales region", "大区"),
    text("state", "State or province", "省份或州"),
    text("city", "City", "城市")
  ]
}
