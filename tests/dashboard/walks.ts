type Walk = readonly [language: "zh-CN" | "en", theme: "light" | "dark", width: number]

/** In which language, light and width a face is walked: each once, and in all lights and widths where pictures are taken. */
export const walks = (pictures: string | undefined): ReadonlyArray<Walk> => [
  ["zh-CN", "light", 1440],
  ["en", "dark", 390],
  ...(pictures === undefined
    ? []
    : ([
        ["zh-CN", "dark", 1440],
        ["en", "light", 390]
      ] as const))
]
