/** The encodings that a source file may declare, apart from `utf-16` whose byte order a mark tells. */
export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "latin-1" | "gb18030" | "gbk" | "big5"
