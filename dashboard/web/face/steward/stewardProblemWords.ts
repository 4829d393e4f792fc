import { bilingual } from "../../words/bilingual.ts"

/** What stewards are refused, by code, for readers of a language that the server does not speak. */
export const stewardProblemWords = bilingual<
  Readonly<Record<string, { readonly message: string; readonly fix: string }>>
>({
  en: {
    "release.useless": {
      message: "At this loss the release would be useless.",
      fix: "Raise epsilon to where the curve lies under the line, or use coarser keys or fewer measures."
    },
    "release.unbounded": {
      message: "Nothing says how much one customer may count, so no noise could hide one.",
      fix: "Fill in the bounds of one customer."
    },
    "release.unit": {
      message: "The table has no column that says whose each row is.",
      fix: "Choose an asset that carries subject_id."
    },
    "release.delta": {
      message: "With this delta the guarantee would allow a customer to be published.",
      fix: "Choose a smaller delta, such as 1e-6."
    },
    "release.overflow": {
      message: "The sum could pass the exact integers.",
      fix: "Lower its bounds, or give it a larger step."
    },
    "release.population": {
      message: "Nothing public or paid says how many customers there are.",
      fix: "Fill in the number of customers, or run the release once."
    },
    "release.key_values": {
      message: "The values of a key cannot be used.",
      fix: "Choose them privately, or give a public list or range."
    },
    "release.measure": { message: "A measure cannot be used.", fix: "Check its column and bounds." },
    "release.month_released": {
      message: "This month was released already, and a month is released once.",
      fix: "Wait until the next month is over."
    },
    "release.past": { message: "A later period was released already.", fix: "Choose a later day." },
    "budget.exhausted": {
      message: "The release asks for more than is left of the budget.",
      fix: "Lower epsilon, or sell the versions that exist."
    },
    "budget.cadence": {
      message: "At this pace the budget is used up in less than 24 months.",
      fix: "Lower epsilon, or make it anew less often."
    },
    "budget.sub_cap": {
      message: "The cap of this product or buyer would be passed.",
      fix: "Lower epsilon, or ask an admin for a higher cap."
    },
    "pricing.input": { message: "A field of the draft cannot be used.", fix: "Correct it and go on." },
    "price.base": { message: "The base price cannot be used.", fix: "Write an amount such as 12000.00 CNY." },
    "price.floor": {
      message: "The floor cannot be used.",
      fix: "Write an amount such as 120.00 CNY, in the currency of the base."
    },
    "price.half_life": { message: "The half-life is no duration above zero.", fix: "Write it as 30 days." },
    "price.grace": { message: "The grace is no duration.", fix: "Write it as 1 day." },
    "product.from": { message: "A draft names the asset that it is made from.", fix: "Choose an asset." },
    "product.sql": {
      message: "A statement of your own cannot be written here.",
      fix: "Choose an asset, or take the product file up at the terminal."
    },
    "product.purpose": { message: "A licence can name no such purpose.", fix: "Choose one of the list." },
    "product.terms": {
      message: "The terms do not allow the purpose that the product is made for.",
      fix: "Add it to the purposes of the terms."
    },
    "life.gates": {
      message: "Gates are open, so the product cannot be listed.",
      fix: "Close the gates that the item names, then approve."
    },
    "life.index": { message: "The index is below what a listing needs.", fix: "Raise the parts that the item names." },
    "life.approver": { message: "What one person asked for, another one approves.", fix: "Ask a second person." },
    "life.move": { message: "From where the product is, this is not possible.", fix: "Look at the list again." },
    "life.changed": { message: "A newer version came while this was decided.", fix: "Look again." },
    "life.reason": { message: "The decision has no reason.", fix: "Say why." },
    "life.version": {
      message: "No version of it has anything to sell.",
      fix: "Give its release a larger epsilon, and run it in the next period."
    },
    "trace.event": { message: "An event id is a UUID.", fix: "Copy it from a trace of a row." },
    "trace.handle": { message: "No row of this asset has that handle any more.", fix: "Choose one of the list." },
    "trace.key": { message: "A trace needs the columns that name its rows.", fix: "Fill in at least one." },
    "trace.new": { message: "The asset was not made yet.", fix: "Make it on the page of runs." },
    "trace.column": { message: "The asset has no such column.", fix: "Choose one of its columns." },
    "lineage.column.unknown": { message: "The asset has no such column.", fix: "Choose one of its columns." },
    "run.unknown": { message: "There is no such run.", fix: "Choose one in the list." },
    "inbox.unknown": {
      message: "There is no such file in the inbox or beside a connected source.",
      fix: "Choose one in the list."
    },
    "source.known": {
      message: "A source of this name is connected by another file.",
      fix: "Give this one another name."
    },
    "source.currency": {
      message: "An amount is mapped without its currency.",
      fix: "Map a currency too, or leave the amount out."
    },
    "source.canonical_key": {
      message: "A field that the canonical stream needs is not mapped.",
      fix: "Map the fields with a star."
    },
    "source.settings": {
      message: "The home holds a source of this name with other settings.",
      fix: "Use another name."
    },
    "touchpoint.unknown": {
      message: "No stream of interactions was loaded yet.",
      fix: "Connect one and declare it as interaction."
    },
    "release.key": { message: "A key cannot be used.", fix: "Choose another column." },
    "release.key_type": { message: "A key has a type that cannot group.", fix: "Choose another column." },
    "release.column": { message: "The asset has no such column.", fix: "Choose one of its columns." },
    "release.currency": { message: "The sum mixes currencies.", fix: "Name one currency for it." },
    "release.identifier": { message: "A column identifies customers and cannot be released.", fix: "Leave it out." },
    "release.too_many_cells": { message: "The release would have too many cells.", fix: "Use coarser keys." },
    "life.by": { message: "Who decides has no name that can be kept.", fix: "Sign in with an account of your own." },
    "life.unknown": {
      message: "No version of this product was made yet.",
      fix: "Draw it in the designer, or choose one in the review."
    },
    "life.on": {
      message: "A deprecation names the day from which it may be retired.",
      fix: "Choose a day, today or later."
    },
    "life.ends": {
      message: "The day is not the one that buyers were told, or lies in the past.",
      fix: "Choose a later day, or wait until it has come."
    },
    "life.successor": {
      message: "What takes its place is not another product that is listed.",
      fix: "Choose a listed product, or none."
    },
    "life.entitled": {
      message: "Orders still entitle their buyers to it.",
      fix: "Deprecate it first, and wait until what was sold has ended."
    },
    "life.frozen": {
      message: "Somebody in it took a permission back, and it is not made again yet.",
      fix: "Run it again, which makes it without them."
    },
    "life.nothing-asked": { message: "Nothing was asked for that could be decided.", fix: "Look at the page again." },
    "evidence.item": {
      message: "This is not for people to vouch for: the house measures it.",
      fix: "Choose a gate or item of the list."
    },
    "evidence.value": { message: "The share is not between 0 and 1.", fix: "Write a share such as 0.9." },
    "evidence.days": { message: "Evidence holds for 1 to 365 days.", fix: "Choose a day within a year." },
    "evidence.by": {
      message: "Who records it has no name that can be kept.",
      fix: "Sign in with an account of your own."
    },
    "evidence.note": {
      message: "The evidence does not say what it is.",
      fix: "Write a sentence of at most 500 characters."
    },
    "evidence.file": {
      message: "There is no file, or it is empty.",
      fix: "Choose the file that was assessed or signed."
    },
    "evidence.size": {
      message: "The file is larger than 4 MiB.",
      fix: "Record its summary, and keep the rest where it is."
    },
    "evidence.product": {
      message: "The file is about another product.",
      fix: "Record it for the product that it names."
    },
    "evidence.statement": {
      message: "The file says nothing of this that you may put on record.",
      fix: "Choose what it speaks of, or write it below statements:."
    },
    "run.stop": { message: "The run has ended, or was begun somewhere else.", fix: "Stop it where it was begun." },
    "run.killed": {
      message: "A customer withdrew while it was made, and the engine did not stop in time.",
      fix: "Run it again: nothing of it was published."
    },
    "warehouse.interrupted": {
      message: "The work was interrupted; nothing was half-published.",
      fix: "Go on with the run."
    },
    "charge.unknown": { message: "There is no such charge.", fix: "Choose one in the list of charges." },
    "stream.unknown": {
      message: "There is no such stream of a connected source.",
      fix: "Choose one in the list of sources."
    },
    "source.bad_rows": {
      message: "Too many lines of a file could not be taken; all others are in.",
      fix: "Mend the lines that its quarantine names and load again, or let the source tolerate them."
    },
    "webhook.unknown": { message: "There is no such webhook.", fix: "Choose one in the list." },
    "trial.unknown": { message: "There is no such trial.", fix: "Choose one in the list." }
  },
  zh: {
    "release.useless": {
      message: "在这一损失下，该发布将没有用处。",
      fix: "请把 ε 提高到曲线低于红线之处，或使用更粗的键、更少的指标。"
    },
    "release.unbounded": {
      message: "没有写明单个客户最多计多少，因此任何噪声都无法掩护一位客户。",
      fix: "请填写单个客户的上限。"
    },
    "release.unit": { message: "该表没有说明每一行属于哪位客户的列。", fix: "请选择带有 subject_id 的资产。" },
    "release.delta": { message: "这一 δ 会使保证允许公布某位客户。", fix: "请选择更小的 δ，例如 1e-6。" },
    "release.overflow": { message: "合计可能超出可精确表示的整数。", fix: "请降低上下限，或加大步长。" },
    "release.population": { message: "没有公开或已付费的信息说明客户数。", fix: "请填写客户数，或先运行一次发布。" },
    "release.key_values": {
      message: "某个键的取值规则无法使用。",
      fix: "请改为由隐私机制选出，或给出公开清单或区间。"
    },
    "release.measure": { message: "某个指标无法使用。", fix: "请检查其列与上下限。" },
    "release.month_released": { message: "这个月已经发布过，每个月只发布一次。", fix: "请等到下个月结束。" },
    "release.past": { message: "更晚的周期已经发布。", fix: "请选择更晚的日期。" },
    "budget.exhausted": { message: "该发布需要的损失超过剩余预算。", fix: "请降低 ε，或销售已有版本。" },
    "budget.cadence": { message: "按此更新速度，预算撑不到 24 个月。", fix: "请降低 ε，或延长更新周期。" },
    "budget.sub_cap": { message: "将超过该产品或买方的上限。", fix: "请降低 ε，或请管理员提高上限。" },
    "pricing.input": { message: "草稿中有一个字段无法使用。", fix: "请更正后继续。" },
    "price.base": { message: "基准价无法使用。", fix: "请写成 12000.00 CNY 这样的金额。" },
    "price.floor": { message: "底价无法使用。", fix: "请写成 120.00 CNY 这样的金额，币种与基准价一致。" },
    "price.half_life": { message: "半衰期不是大于零的时长。", fix: "请写成 30 days。" },
    "price.grace": { message: "保鲜期不是时长。", fix: "请写成 1 day。" },
    "product.from": { message: "草稿需要指明所用的资产。", fix: "请选择一个资产。" },
    "product.sql": { message: "此处不能编写自定义语句。", fix: "请选择资产，或在终端纳入产品文件。" },
    "product.purpose": { message: "许可中没有这一目的。", fix: "请从列表中选择。" },
    "product.terms": { message: "条款不允许该产品所服务的目的。", fix: "请在条款的目的中加入它。" },
    "life.gates": { message: "尚有关口未通过，不能上架。", fix: "请先通过列出的关口，再批准。" },
    "life.index": { message: "指数未达到上架要求。", fix: "请提高列出的各项。" },
    "life.approver": { message: "一人提出，须由另一人批准。", fix: "请由第二个人批准。" },
    "life.move": { message: "产品在当前状态下不能这样做。", fix: "请重新查看列表。" },
    "life.changed": { message: "作决定期间出现了更新的版本。", fix: "请重新查看。" },
    "life.reason": { message: "该决定没有理由。", fix: "请说明理由。" },
    "life.version": { message: "没有可销售的版本。", fix: "请提高 ε，并在下一周期运行。" },
    "trace.event": { message: "事件编号应为 UUID。", fix: "请从某一行的追溯结果中复制。" },
    "trace.handle": { message: "该资产中已没有这一名称对应的行。", fix: "请从列表中选择。" },
    "trace.key": { message: "追溯需要行标识列的取值。", fix: "请至少填写一个。" },
    "trace.new": { message: "该资产尚未生成。", fix: "请在“运行”页生成。" },
    "trace.column": { message: "该资产没有这一列。", fix: "请选择其中的列。" },
    "lineage.column.unknown": { message: "该资产没有这一列。", fix: "请选择其中的列。" },
    "run.unknown": { message: "没有这次运行。", fix: "请在列表中选择。" },
    "inbox.unknown": { message: "收件箱与已连接来源中没有这个文件。", fix: "请在列表中选择。" },
    "source.known": { message: "同名数据源已由其他文件连接。", fix: "请换一个名称。" },
    "source.currency": { message: "映射了金额却没有币种。", fix: "请同时映射币种，或不映射金额。" },
    "source.canonical_key": { message: "未映射标准流所必需的字段。", fix: "请映射带星号的字段。" },
    "source.settings": { message: "已有同名但设置不同的数据源。", fix: "请换一个名称。" },
    "touchpoint.unknown": { message: "尚未加载互动记录。", fix: "请连接互动数据流并声明为 interaction。" },
    "release.key": { message: "某个键无法使用。", fix: "请选择其他列。" },
    "release.key_type": { message: "某个键的类型不能用于分组。", fix: "请选择其他列。" },
    "release.column": { message: "该资产没有这一列。", fix: "请选择其中的列。" },
    "release.currency": { message: "合计混用了多种币种。", fix: "请为其指定一种币种。" },
    "release.identifier": { message: "某一列可识别客户，不能发布。", fix: "请去掉该列。" },
    "release.too_many_cells": { message: "该发布的单元过多。", fix: "请使用更粗的键。" },
    "life.by": { message: "决定者没有可记录的名称。", fix: "请用自己的账户登录。" },
    "life.unknown": { message: "该产品尚未生成任何版本。", fix: "请先在设计器中抽取，或在审核页选择。" },
    "life.on": { message: "弃用须写明可下架的起始日。", fix: "请选择今天或之后的日期。" },
    "life.ends": { message: "日期早于告知买方的日子，或已经过去。", fix: "请选择更晚的日期，或等到该日。" },
    "life.successor": { message: "接替产品不是另一个已上架的产品。", fix: "请选择已上架的产品，或不选。" },
    "life.entitled": { message: "仍有订单在授权期内。", fix: "请先弃用，等已售部分到期。" },
    "life.frozen": { message: "其中有人撤回了许可，尚未重新生成。", fix: "请重新运行，生成不含其数据的版本。" },
    "life.nothing-asked": { message: "没有等待决定的事项。", fix: "请重新查看本页。" },
    "evidence.item": { message: "该项由本系统测量，不能由人担保。", fix: "请从列表中选择。" },
    "evidence.value": { message: "得分不在 0 到 1 之间。", fix: "请写 0.9 这样的数。" },
    "evidence.days": { message: "证据的有效期为 1 到 365 天。", fix: "请选择一年以内的日期。" },
    "evidence.by": { message: "登记人没有可记录的名称。", fix: "请用自己的账户登录。" },
    "evidence.note": { message: "证据没有说明内容。", fix: "请写一句话，不超过 500 字。" },
    "evidence.file": { message: "没有文件，或文件为空。", fix: "请选择经评估或签署的文件。" },
    "evidence.size": { message: "文件大于 4 MiB。", fix: "请登记其摘要，原件另行保存。" },
    "evidence.product": { message: "该文件针对另一个产品。", fix: "请登记到其所述的产品。" },
    "evidence.statement": {
      message: "该文件没有您可登记的相关内容。",
      fix: "请选择其所述项目，或在 statements 下写明。"
    },
    "run.stop": { message: "该运行已结束，或并非在此页面开始。", fix: "请在其开始之处停止。" },
    "run.killed": { message: "生成期间有客户撤回，引擎未及时停止。", fix: "请重新运行：未发布任何内容。" },
    "warehouse.interrupted": { message: "工作被中断；没有发布不完整的内容。", fix: "请接续运行。" },
    "charge.unknown": { message: "没有这笔扣费。", fix: "请在扣费列表中选择。" },
    "stream.unknown": { message: "没有这一数据流。", fix: "请在数据源列表中选择。" },
    "source.bad_rows": {
      message: "文件中无法采用的行过多；其余行均已加载。",
      fix: "请修正隔离页列出的行后重新加载，或在数据源中设定容忍比例。"
    },
    "webhook.unknown": { message: "没有这个推送地址。", fix: "请在列表中选择。" },
    "trial.unknown": { message: "没有这项试用。", fix: "请在列表中选择。" }
  }
})
