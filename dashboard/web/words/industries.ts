import { bilingual } from "./bilingual.ts"

/** Sections of GB/T 4754, industries of the national economy, by their letters. */
export const industries = bilingual<Readonly<Record<string, string>>>({
  en: {
    A: "Agriculture, forestry, fishing",
    B: "Mining",
    C: "Manufacturing",
    D: "Power, gas, water",
    E: "Construction",
    F: "Wholesale and retail",
    G: "Transport, storage, post",
    H: "Accommodation and catering",
    I: "Information technology",
    J: "Finance",
    K: "Real estate",
    L: "Leasing and business services",
    M: "Research and technical services",
    N: "Water, environment, public facilities",
    O: "Resident services and repair",
    P: "Education",
    Q: "Health and social work",
    R: "Culture, sports, entertainment",
    S: "Public administration",
    T: "International organisations"
  },
  zh: {
    A: "农、林、牧、渔业",
    B: "采矿业",
    C: "制造业",
    D: "电力、热力、燃气及水",
    E: "建筑业",
    F: "批发和零售业",
    G: "交通运输、仓储和邮政业",
    H: "住宿和餐饮业",
    I: "信息技术服务业",
    J: "金融业",
    K: "房地产业",
    L: "租赁和商务服务业",
    M: "科学研究和技术服务业",
    N: "水利、环境和公共设施",
    O: "居民服务、修理",
    P: "教育",
    Q: "卫生和社会工作",
    R: "文化、体育和娱乐业",
    S: "公共管理和社会组织",
    T: "国际组织"
  }
})
