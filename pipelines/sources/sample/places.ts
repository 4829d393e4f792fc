/** Where the customers of the sample live: provinces with their sales region, a weight and a few cities, most populous first. */
export const provinces: ReadonlyArray<Province> = [
  province("广东", "华南", 126, "广州 深圳 东莞 佛山"),
  province("江苏", "华东", 85, "苏州 南京 无锡 常州"),
  province("浙江", "华东", 66, "杭州 宁波 温州 金华"),
  province("山东", "华东", 101, "青岛 济南 烟台 潍坊"),
  province("上海", "华东", 60, "上海"),
  province("北京", "华北", 55, "北京"),
  province("四川", "西南", 83, "成都 绵阳 宜宾"),
  province("河南", "华中", 98, "郑州 洛阳 南阳"),
  province("湖北", "华中", 58, "武汉 宜昌 襄阳"),
  province("湖南", "华中", 66, "长沙 株洲 岳阳"),
  province("福建", "华东", 42, "厦门 福州 泉州"),
  province("安徽", "华东", 61, "合肥 芜湖 滁州"),
  province("河北", "华北", 74, "石家庄 唐山 保定"),
  province("辽宁", "东北", 42, "沈阳 大连 鞍山"),
  province("陕西", "西北", 40, "西安 宝鸡 咸阳"),
  province("重庆", "西南", 32, "重庆"),
  province("天津", "华北", 26, "天津"),
  province("江西", "华东", 45, "南昌 赣州 九江"),
  province("广西", "华南", 50, "南宁 柳州 桂林"),
  province("云南", "西南", 47, "昆明 曲靖 大理"),
  province("黑龙江", "东北", 31, "哈尔滨 大庆"),
  province("吉林", "东北", 24, "长春 吉林"),
  province("山西", "华北", 35, "太原 大同"),
  province("贵州", "西南", 38, "贵阳 遵义"),
  province("内蒙古", "华北", 24, "呼和浩特 包头"),
  province("新疆", "西北", 26, "乌鲁木齐 昌吉"),
  province("甘肃", "西北", 25, "兰州 天水"),
  province("海南", "华南", 10, "海口 三亚"),
  province("宁夏", "西北", 7, "银川"),
  province("青海", "西北", 6, "西宁"),
  province("西藏", "西南", 4, "拉萨")
]

/** Sales regions in the order that region codes use. */
export const regions = ["华东", "华南", "华北", "华中", "西南", "东北", "西北"] as const

/** One entry a city, so that a single code carries city, province and region. */
export const cities: ReadonlyArray<City> = provinces.flatMap((p) =>
  p.cities.map((name, i) => ({
    name,
    state: p.name,
    region: p.region,
    weight: p.weight / (i + 1) / harmonic(p.cities.length)
  }))
)

interface Province {
  readonly name: string
  readonly region: (typeof regions)[number]
  readonly weight: number
  readonly cities: ReadonlyArray<string>
}

interface City {
  readonly name: string
  readonly state: string
  readonly region: Province["region"]
  readonly weight: number
}

function province(name: string, region: Province["region"], weight: number, cityNames: string): Province {
  return { name, region, weight, cities: cityNames.split(" ") }
}

function harmonic(n: number): number {
  let sum = 0
  for (let i = 1; i <= n; i++) sum += 1 / i
  return sum
}
