/** Female or male appearance. */
export type Style = "f" | "m";

/** Skin tone, from light to dark. */
export type Tone = 1 | 2 | 3 | 4 | 5 | 6;

export type HairColour = "black" | "brown" | "blond" | "red" | "grey";

export type HairCut =
  | "afro"
  | "bald"
  | "bob"
  | "bun"
  | "buzz"
  | "curls"
  | "fringe"
  | "long"
  | "parted"
  | "pixie"
  | "ponytail"
  | "quiff"
  | "swept"
  | "waves";

/** Attributes of a generated portrait. Its file is `public/avatars/<id>.webp`. */
export interface Portrait {
  id: string;
  style: Style;
  tone: Tone;
  hair: HairColour;
  cut: HairCut;
  beard?: "full" | "short" | "moustache";
  glasses?: "round" | "square";
  earrings?: true;
}

/** Bundled portraits of people. */
export const portraits: readonly Portrait[] = [
  { id: "p01", style: "f", tone: 1, hair: "blond", cut: "bob" },
  { id: "p02", style: "f", tone: 1, hair: "red", cut: "waves", glasses: "round" },
  { id: "p03", style: "f", tone: 1, hair: "black", cut: "fringe" },
  { id: "p04", style: "f", tone: 1, hair: "brown", cut: "ponytail", earrings: true },
  { id: "p05", style: "f", tone: 1, hair: "black", cut: "bob", glasses: "round" },
  { id: "p06", style: "f", tone: 2, hair: "black", cut: "long" },
  { id: "p07", style: "f", tone: 2, hair: "black", cut: "bun", earrings: true },
  { id: "p08", style: "f", tone: 2, hair: "brown", cut: "waves" },
  { id: "p09", style: "f", tone: 2, hair: "blond", cut: "ponytail" },
  { id: "p10", style: "f", tone: 2, hair: "grey", cut: "pixie", glasses: "square", earrings: true },
  { id: "p11", style: "f", tone: 2, hair: "brown", cut: "fringe", glasses: "square" },
  { id: "p12", style: "f", tone: 3, hair: "black", cut: "waves", earrings: true },
  { id: "p13", style: "f", tone: 3, hair: "brown", cut: "long" },
  { id: "p14", style: "f", tone: 3, hair: "black", cut: "ponytail" },
  { id: "p15", style: "f", tone: 3, hair: "grey", cut: "bob", earrings: true },
  { id: "p16", style: "f", tone: 3, hair: "black", cut: "fringe", glasses: "round" },
  { id: "p17", style: "f", tone: 4, hair: "black", cut: "long", earrings: true },
  { id: "p18", style: "f", tone: 4, hair: "black", cut: "bun" },
  { id: "p19", style: "f", tone: 4, hair: "brown", cut: "curls", glasses: "round" },
  { id: "p20", style: "f", tone: 5, hair: "black", cut: "curls" },
  { id: "p21", style: "f", tone: 5, hair: "black", cut: "bun", earrings: true, glasses: "square" },
  { id: "p22", style: "f", tone: 5, hair: "brown", cut: "waves", earrings: true },
  { id: "p23", style: "f", tone: 6, hair: "black", cut: "afro", earrings: true },
  { id: "p24", style: "f", tone: 6, hair: "black", cut: "waves", earrings: true },
  { id: "p25", style: "m", tone: 1, hair: "blond", cut: "swept" },
  { id: "p26", style: "m", tone: 1, hair: "red", cut: "quiff", beard: "full" },
  { id: "p27", style: "m", tone: 1, hair: "black", cut: "parted", glasses: "square" },
  { id: "p28", style: "m", tone: 1, hair: "brown", cut: "curls" },
  { id: "p29", style: "m", tone: 1, hair: "black", cut: "swept" },
  { id: "p30", style: "m", tone: 2, hair: "black", cut: "quiff" },
  { id: "p31", style: "m", tone: 2, hair: "brown", cut: "parted", beard: "short" },
  { id: "p32", style: "m", tone: 2, hair: "black", cut: "buzz", glasses: "round" },
  { id: "p33", style: "m", tone: 2, hair: "grey", cut: "parted", glasses: "square" },
  { id: "p34", style: "m", tone: 2, hair: "blond", cut: "quiff", glasses: "round" },
  { id: "p35", style: "m", tone: 2, hair: "brown", cut: "bald", beard: "full" },
  { id: "p36", style: "m", tone: 3, hair: "black", cut: "swept", beard: "short" },
  { id: "p37", style: "m", tone: 3, hair: "brown", cut: "curls", glasses: "round" },
  { id: "p38", style: "m", tone: 3, hair: "black", cut: "parted", beard: "moustache" },
  { id: "p39", style: "m", tone: 3, hair: "grey", cut: "swept", beard: "full" },
  { id: "p40", style: "m", tone: 3, hair: "black", cut: "buzz" },
  { id: "p41", style: "m", tone: 4, hair: "black", cut: "quiff", beard: "full" },
  { id: "p42", style: "m", tone: 4, hair: "black", cut: "parted" },
  { id: "p43", style: "m", tone: 4, hair: "grey", cut: "buzz", beard: "moustache", glasses: "square" },
  { id: "p44", style: "m", tone: 5, hair: "black", cut: "buzz", beard: "short" },
  { id: "p45", style: "m", tone: 5, hair: "black", cut: "curls", glasses: "round" },
  { id: "p46", style: "m", tone: 5, hair: "black", cut: "bald", beard: "short", glasses: "square" },
  { id: "p47", style: "m", tone: 6, hair: "black", cut: "curls", beard: "full" },
  { id: "p48", style: "m", tone: 6, hair: "black", cut: "buzz", glasses: "round" },
];

/** Bundled portraits of bots, one color each. */
export const botPortraits: readonly { id: string; colour: string }[] = [
  { id: "b01", colour: "#5B6CF0" },
  { id: "b02", colour: "#0F9D8A" },
  { id: "b03", colour: "#E0793A" },
  { id: "b04", colour: "#8A5AD6" },
];
