import type { Palette } from "./Palette.ts"

export const palettes: Readonly<Record<"light" | "dark", Palette>> = {
  light: {
    surface: "#ffffff",
    ink: "#16191d",
    soft: "#4d545c",
    faint: "#6b7279",
    rule: "#dededa",
    main: "#2f6496",
    up: "#23867b",
    down: "#cf7a22",
    mark: "#b5301f",
    kinds: ["#2f6496", "#cf7a22", "#23867b", "#8459a3", "#8a7a1f"],
    ramp: ["#f2f5f8", "#1d4c78"]
  },
  dark: {
    surface: "#15191c",
    ink: "#e8eaec",
    soft: "#b3bac1",
    faint: "#8e969e",
    rule: "#2c3338",
    main: "#78aadb",
    up: "#55b8a9",
    down: "#e39a4e",
    mark: "#f0765f",
    kinds: ["#78aadb", "#e39a4e", "#55b8a9", "#b694d4", "#c2b04e"],
    ramp: ["#1c2328", "#8fc1f2"]
  }
}
