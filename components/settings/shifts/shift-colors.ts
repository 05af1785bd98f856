import type { Shift } from "@/lib/hours/shifts/contract";

/** The color of a shift as a style, light and dark. */
export const shiftColor: Record<Shift["colour"], string> = {
  gray: "light-dark(oklch(0.6 0.01 260), oklch(0.65 0.01 260))",
  red: "light-dark(oklch(0.58 0.19 25), oklch(0.68 0.16 25))",
  orange: "light-dark(oklch(0.66 0.16 55), oklch(0.74 0.14 55))",
  yellow: "light-dark(oklch(0.75 0.15 90), oklch(0.82 0.14 90))",
  green: "light-dark(oklch(0.6 0.14 150), oklch(0.72 0.13 150))",
  teal: "light-dark(oklch(0.6 0.1 190), oklch(0.72 0.09 190))",
  blue: "light-dark(oklch(0.56 0.16 255), oklch(0.69 0.13 255))",
  violet: "light-dark(oklch(0.54 0.19 295), oklch(0.69 0.15 295))",
  pink: "light-dark(oklch(0.62 0.19 350), oklch(0.73 0.15 350))",
};
