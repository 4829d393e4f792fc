/**
 * What the three businesses sell. Product codes are positions in this list: equipment first, then software, then goods.
 * `tier` is the price tier 0..4; for goods it is the price band that one piece falls into.
 */
export const equipmentClasses = [
  "数控机床",
  "工业机器人",
  "激光切割机",
  "注塑机",
  "检测仪器",
  "包装生产线",
  "物流输送设备",
  "焊接设备",
  "空压机",
  "冲压设备"
] as const

export const modelsPerClass = 8

export const softwareModules = ["进销存管理", "财务云", "客户管理", "人事考勤", "生产排程", "数据看板"] as const

export const goodsCategories = [
  "美妆护肤",
  "母婴用品",
  "营养保健",
  "数码家电",
  "服饰鞋包",
  "食品生鲜",
  "家居日用",
  "运动户外",
  "宠物用品",
  "图书文创",
  "珠宝配饰",
  "汽车用品"
] as const

export const goodsPerCategory = 25

/** Bands of the order value; `orders.sql` holds their edges in fen. */
export const priceBands = ["0-99元", "100-299元", "300-799元", "800-1999元", "2000元以上"] as const

export interface Product {
  readonly business: 0 | 1 | 2
  readonly category: number
  readonly name: string
  readonly series: string
  readonly unit: string
  readonly tier: number
  readonly priceFen: number
  readonly weightGrams: number
}

/** List price in yuan of the smallest model of each equipment class. */
const equipmentBase = [280_000, 160_000, 220_000, 190_000, 60_000, 450_000, 120_000, 35_000, 28_000, 240_000]

const equipmentSeries = ["VMC", "RB", "LC", "IM", "QX", "PK", "CV", "WD", "AC", "PR"]

const goods: ReadonlyArray<readonly [string, string, string, string, string]> = [
  ["面霜", "精华液", "口红", "洁面乳", "面膜"],
  ["奶瓶", "纸尿裤", "婴儿推车", "辅食泥", "安全座椅"],
  ["复合维生素", "鱼油", "蛋白粉", "益生菌", "钙片"],
  ["无线耳机", "空气净化器", "咖啡机", "电动牙刷", "平板电脑"],
  ["运动鞋", "羊绒大衣", "双肩包", "连衣裙", "皮带"],
  ["牛排", "橄榄油", "坚果礼盒", "红酒", "三文鱼"],
  ["床品四件套", "保温杯", "香薰", "不粘锅", "收纳箱"],
  ["登山鞋", "瑜伽垫", "帐篷", "骑行服", "滑雪镜"],
  ["猫粮", "狗窝", "宠物梳", "猫砂盆", "牵引绳"],
  ["画册", "钢笔", "积木", "手账本", "拼图"],
  ["珍珠项链", "银手镯", "手表", "耳环", "胸针"],
  ["行车记录仪", "车载香氛", "坐垫", "应急电源", "玻璃水"]
]

const tierWords = ["体验装", "标准款", "升级款", "高端款", "珍藏款"]

/** Fen for the five pieces of each tier; all inside the tier's price band. */
const tierPrices = [
  [1_990, 3_900, 5_900, 7_900, 9_500],
  [12_900, 15_900, 19_900, 23_900, 28_900],
  [32_900, 39_900, 45_900, 58_900, 72_900],
  [89_900, 99_900, 129_900, 159_900, 188_000],
  [219_900, 268_000, 329_900, 459_900, 688_000]
]

const equipment = equipmentClasses.flatMap((name, category) =>
  Array.from({ length: modelsPerClass }, (_, i): Product => {
    const model = `${equipmentSeries[category]!}-${(i + 3) * 150}`
    return {
      business: 0,
      category,
      name: `${model}${name}`,
      series: equipmentSeries[category]!,
      unit: "台",
      tier: Math.min(4, i >> 1),
      priceFen: equipmentBase[category]! * 50 * (2 + i),
      weightGrams: (400 + 350 * i) * 1000
    }
  })
)

const software = softwareModules.flatMap((name, category) =>
  ["基础版", "专业版", "企业版"].map((plan, i): Product => ({
    business: 1,
    category,
    name: `${name}${plan}`,
    series: name,
    unit: "席位/年",
    tier: i,
    priceFen: [36_000, 88_000, 168_000][i]! + category * 4_000,
    weightGrams: 0
  }))
)

const consumer = goodsCategories.flatMap((_, category) =>
  tierWords.flatMap((word, tier) =>
    goods[category]!.map((noun, i): Product => ({
      business: 2,
      category,
      name: `${noun}${word}`,
      series: `系列${String.fromCharCode(65 + i)}`,
      unit: "件",
      tier,
      priceFen: tierPrices[tier]![i]!,
      weightGrams: 150 * (i + 1) * (tier + 1)
    }))
  )
)

export const products: ReadonlyArray<Product> = [...equipment, ...software, ...consumer]

export const firstSoftware = equipment.length

export const firstGoods = equipment.length + software.length
