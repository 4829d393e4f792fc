/** The forms of times that exports use, most telling first; `other` is the form with day and month swapped. */
export const timeFormats: ReadonlyArray<{ readonly format: string; readonly other?: string }> = [
  { format: "%Y-%m-%d" },
  { format: "%Y-%m-%d %H:%M:%S" },
  { format: "%Y-%m-%d %H:%M:%S.%f" },
  { format: "%Y-%m-%d %H:%M" },
  { format: "%Y-%m-%dT%H:%M:%S" },
  { format: "%Y-%m-%dT%H:%M:%S.%f" },
  { format: "%Y-%m-%dT%H:%M:%SZ" },
  { format: "%Y-%m-%dT%H:%M:%S.%fZ" },
  { format: "%Y-%m-%dT%H:%M:%S%z" },
  { format: "%Y-%m-%dT%H:%M:%S.%f%z" },
  { format: "%Y/%m/%d" },
  { format: "%Y/%m/%d %H:%M" },
  { format: "%Y/%m/%d %H:%M:%S" },
  { format: "%Y.%m.%d" },
  { format: "%Y年%m月%d日" },
  ...["/", "-", "."].flatMap((mark) =>
    ["", " %H:%M", " %H:%M:%S"].flatMap((time) => {
      const dayFirst = `%d${mark}%m${mark}%Y${time}`
      const monthFirst = `%m${mark}%d${mark}%Y${time}`
      return [
        { format: dayFirst, other: monthFirst },
        { format: monthFirst, other: dayFirst }
      ]
    })
  ),
  { format: "%Y%m%d" }
]
