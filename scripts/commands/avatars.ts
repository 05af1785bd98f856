import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import {
  botPortraits,
  type HairColour,
  type HairCut,
  type Portrait,
  portraits,
  type Tone,
} from "../../prisma/seed/data/portraits";
import { projectDir } from "../paths";

interface Skin {
  base: string;
  /** Color of neck, ears and nose. */
  shade: string;
  blush: string;
  lips: string;
}

const skins: Record<Tone, Skin> = {
  1: { base: "#F9DCC7", shade: "#EDC0A3", blush: "#F2A79A", lips: "#C4655C" },
  2: { base: "#F1CBA6", shade: "#E0AF84", blush: "#EA9A80", lips: "#B85C50" },
  3: { base: "#DEAC7E", shade: "#C8925F", blush: "#D67F5E", lips: "#A34D41" },
  4: { base: "#BF8658", shade: "#A56E43", blush: "#B5644A", lips: "#8A3F37" },
  5: { base: "#96623E", shade: "#7D4E2E", blush: "#B0573A", lips: "#CF8A76" },
  6: { base: "#7B4F36", shade: "#613C28", blush: "#94452F", lips: "#C27A68" },
};

const hairs: Record<HairColour, { base: string; light: string }> = {
  black: { base: "#26222B", light: "#3B3542" },
  brown: { base: "#5B3A29", light: "#74503A" },
  blond: { base: "#DDB068", light: "#EBC88A" },
  red: { base: "#B6552F", light: "#CE7047" },
  grey: { base: "#A9ABB3", light: "#C6C8CE" },
};

/** Color schemes of background, disc and clothes. */
const schemes: readonly { ground: string; disc: string; clothes: string; detail: string }[] = [
  { ground: "#C9DDF5", disc: "#DCE9FA", clothes: "#2F4B7C", detail: "#F4F6FB" },
  { ground: "#F6D5C4", disc: "#FBE5DA", clothes: "#3E6B62", detail: "#F3E9DC" },
  { ground: "#CDE8DA", disc: "#E0F3E9", clothes: "#8C4A5E", detail: "#FBEFF2" },
  { ground: "#F4E2B0", disc: "#FAEFCF", clothes: "#45507A", detail: "#FFFFFF" },
  { ground: "#DCD3F3", disc: "#EAE4FA", clothes: "#D07A4B", detail: "#FFF3EA" },
  { ground: "#F5CFDC", disc: "#FBE2EA", clothes: "#35616E", detail: "#EAF4F6" },
  { ground: "#C6E6EA", disc: "#DCF2F4", clothes: "#C4584F", detail: "#FFF1EE" },
  { ground: "#E3E0D8", disc: "#EFEDE8", clothes: "#5C5470", detail: "#F7F5FB" },
];

const head =
  "M80 112 C80 78 100 60 128 60 C156 60 176 78 176 112 C176 132 171 147 161 158 C151 169 140 175 128 175 C116 175 105 169 95 158 C85 147 80 132 80 112 Z";

/** Hair behind the head. */
const behind: Partial<Record<HairCut, string>> = {
  afro: '<circle cx="128" cy="96" r="74"/><circle cx="66" cy="122" r="26"/><circle cx="190" cy="122" r="26"/>',
  bob: '<path d="M62 118 C58 66 92 42 128 42 C164 42 198 66 194 118 L196 160 C197 176 184 182 170 178 L86 178 C72 182 59 176 60 160 Z"/>',
  bun: '<circle cx="128" cy="38" r="24"/>',
  curls:
    '<circle cx="84" cy="74" r="25"/><circle cx="112" cy="56" r="26"/><circle cx="146" cy="56" r="26"/><circle cx="173" cy="74" r="25"/><circle cx="72" cy="100" r="20"/><circle cx="185" cy="100" r="20"/>',
  fringe:
    '<path d="M64 112 C62 64 94 42 128 42 C162 42 194 64 192 112 L198 204 C198 216 176 216 164 214 L92 214 C80 216 58 216 58 204 Z"/>',
  long: '<path d="M66 112 C62 66 94 42 128 42 C162 42 194 66 190 112 C188 140 200 172 204 214 C204 232 172 230 160 222 L96 222 C84 230 52 232 52 214 C56 172 68 140 66 112 Z"/>',
  ponytail:
    '<path d="M160 66 C206 50 224 92 214 132 C208 158 214 176 200 194 C184 182 178 160 184 136 C190 110 178 92 160 66 Z"/>',
  waves:
    '<path d="M66 110 C60 64 92 42 128 42 C164 42 196 64 190 110 C188 124 204 134 199 152 C195 166 208 178 200 194 C192 210 170 206 160 200 L96 200 C86 206 64 210 56 194 C48 178 61 166 57 152 C52 134 68 124 66 110 Z"/>',
};

/** Hair over the forehead. */
const before: Partial<Record<HairCut, string>> = {
  afro: '<path d="M80 108 C80 76 100 58 128 58 C156 58 176 76 176 108 C170 94 164 88 156 86 C146 80 138 84 128 80 C118 84 110 80 100 86 C92 88 86 94 80 108 Z"/>',
  bob: '<path d="M76 120 C70 70 98 46 130 46 C164 46 186 72 180 120 C178 104 170 90 152 82 C138 98 104 104 88 100 C80 106 78 112 76 120 Z"/>',
  bun: '<path d="M78 112 C76 72 100 52 128 52 C156 52 180 72 178 112 C174 94 160 78 128 76 C96 78 82 94 78 112 Z"/>',
  buzz: '<path d="M79 108 C78 74 100 56 128 56 C156 56 178 74 177 108 C175 98 172 92 168 86 C146 78 110 78 88 86 C84 92 81 98 79 108 Z"/>',
  curls:
    '<path d="M78 106 C80 76 100 60 128 60 C156 60 176 76 178 106 C172 96 166 94 160 96 C152 84 142 90 134 84 C124 92 114 84 106 92 C96 88 86 94 78 106 Z"/><circle cx="100" cy="76" r="14"/><circle cx="124" cy="70" r="15"/><circle cx="150" cy="74" r="14"/>',
  fringe:
    '<path d="M76 122 C70 70 98 46 128 46 C158 46 186 70 180 122 C178 112 175 106 171 102 C144 110 112 110 85 102 C81 106 78 112 76 122 Z"/>',
  long: '<path d="M76 122 C70 70 98 46 128 46 C158 46 186 70 180 122 C176 98 152 92 128 66 C104 92 80 98 76 122 Z"/>',
  parted:
    '<path d="M78 110 C70 66 96 44 132 46 C164 46 184 70 178 112 C176 100 172 92 166 88 C146 90 124 86 108 72 C102 84 86 88 78 110 Z"/>',
  pixie:
    '<path d="M76 118 C66 70 98 42 134 46 C170 48 188 78 178 120 C176 108 172 100 166 96 C140 100 116 92 104 82 C104 94 88 98 84 106 C80 110 78 114 76 118 Z"/>',
  ponytail:
    '<path d="M78 114 C74 72 100 50 130 50 C160 50 182 72 178 112 C174 94 160 82 146 74 C130 92 92 90 78 114 Z"/>',
  quiff:
    '<path d="M79 108 C76 92 78 80 84 72 C80 52 104 38 128 42 C154 34 182 50 174 74 C180 82 180 94 177 108 C175 96 171 90 165 86 C140 80 116 80 91 86 C85 90 81 96 79 108 Z"/>',
  swept:
    '<path d="M78 110 C74 84 80 70 92 62 C108 42 148 38 170 54 C182 64 182 88 177 110 C176 98 172 90 164 84 C140 84 118 88 98 82 C90 88 82 96 78 110 Z"/>',
  waves:
    '<path d="M76 124 C68 70 98 46 130 46 C164 46 188 72 180 124 C180 104 166 96 156 80 C142 100 112 92 96 104 C84 106 78 114 76 124 Z"/>',
};

function beard(portrait: Portrait, colour: string): string {
  const jaw =
    "M80 116 C79 150 96 181 128 181 C160 181 177 150 176 116 C173 130 168 138 160 139 C150 136 142 137 128 137 C114 137 106 136 96 139 C88 138 83 130 80 116 Z";
  switch (portrait.beard) {
    case "full":
      return `<path fill="${colour}" d="${jaw}"/>`;
    case "short":
      return `<path fill="${colour}" opacity="0.38" d="${jaw}"/>`;
    case "moustache":
      return `<path fill="${colour}" d="M104 147 C108 138 120 137 128 141 C136 137 148 138 152 147 C144 149 136 148 128 146 C120 148 112 149 104 147 Z"/>`;
    default:
      return "";
  }
}

function glasses(portrait: Portrait): string {
  if (!portrait.glasses) return "";
  const frame = portrait.tone >= 5 ? "#F0E6D6" : "#2E2A36";
  const lens = (x: number) =>
    portrait.glasses === "round"
      ? `<circle cx="${x}" cy="118" r="16.5"/>`
      : `<rect x="${x - 17}" y="105" width="34" height="26" rx="8"/>`;
  return `<g fill="#FFFFFF" fill-opacity="0.16" stroke="${frame}" stroke-width="3.6">${lens(107)}${lens(149)}<path fill="none" d="M124 116 Q128 112 132 116 M90 114 L81 111 M166 114 L175 111"/></g>`;
}

/** Draws one of four kinds of clothes in turn: crew neck, shirt, roll neck, jacket over a shirt. */
function clothes(
  kind: number,
  { clothes: cloth, detail }: { clothes: string; detail: string },
  skin: Skin,
): string {
  const body = `<path fill="${cloth}" d="M18 256 C20 216 54 202 100 192 C112 206 144 206 156 192 C202 202 236 216 238 256 Z"/>`;
  const neck = `<path fill="${skin.shade}" d="M104 150 H152 V194 C146 208 110 208 104 194 Z"/>`;
  switch (kind % 4) {
    case 0:
      return `${body}${neck}<path fill="none" stroke="${detail}" stroke-opacity="0.35" stroke-width="5" d="M99 193 C110 212 146 212 157 193"/>`;
    case 1:
      return `${body}${neck}<path fill="${detail}" d="M101 190 L128 222 L108 236 L88 198 Z M155 190 L128 222 L148 236 L168 198 Z"/>`;
    case 2:
      return `${body}${neck}<path fill="${cloth}" d="M102 176 C110 190 146 190 154 176 C157 186 159 196 162 206 C146 218 110 218 94 206 C97 196 99 186 102 176 Z"/><path fill="#000000" opacity="0.12" d="M94 206 C110 218 146 218 162 206 L160 211 C146 223 110 223 96 211 Z"/>`;
    default:
      return `<path fill="${detail}" d="M84 196 L172 196 L160 256 L96 256 Z"/>${neck}<path fill="${cloth}" d="M18 256 C20 216 52 203 98 191 L124 256 Z M238 256 C236 216 204 203 158 191 L132 256 Z"/><path fill="#000000" opacity="0.14" d="M98 191 L124 256 L104 256 L84 214 L96 212 L86 200 Z M158 191 L132 256 L152 256 L172 214 L160 212 L170 200 Z"/>`;
  }
}

function face(skin: Skin, brow: string, portrait: Portrait): string {
  const lashes =
    portrait.style === "f"
      ? '<path fill="none" stroke="#2A2430" stroke-width="2.6" stroke-linecap="round" d="M100 115 Q106 109.5 114 114 M156 115 Q150 109.5 142 114"/>'
      : "";
  const lips = portrait.style === "f" ? 4.4 : 3.8;
  const mouth = portrait.beard === "full" ? "#F4D9CF" : skin.lips;
  return `<g>
<ellipse cx="97" cy="138" rx="10" ry="6.5" fill="${skin.blush}" opacity="0.38"/>
<ellipse cx="159" cy="138" rx="10" ry="6.5" fill="${skin.blush}" opacity="0.38"/>
<ellipse cx="107" cy="119" rx="4.6" ry="5.4" fill="#2A2430"/><ellipse cx="149" cy="119" rx="4.6" ry="5.4" fill="#2A2430"/>
<circle cx="108.8" cy="117" r="2" fill="#FFFFFF"/><circle cx="150.8" cy="117" r="2" fill="#FFFFFF"/>${lashes}
<path fill="none" stroke="${brow}" stroke-width="${portrait.style === "f" ? 3.2 : 4.6}" stroke-linecap="round" d="M97 103 Q106 97 116 101 M159 103 Q150 97 140 101"/>
<path fill="none" stroke="${skin.shade}" stroke-width="4" stroke-linecap="round" d="M129 122 Q134 134 126 136"/>
<path fill="none" stroke="${mouth}" stroke-width="${lips}" stroke-linecap="round" d="M114 151 Q128 161 142 151"/>
</g>`;
}

function draw(portrait: Portrait, index: number): string {
  const skin = skins[portrait.tone];
  const hair = hairs[portrait.hair];
  const scheme = schemes[(index * 3) % schemes.length] ?? schemes[0];
  if (!scheme) throw new Error("There is no colour scheme.");
  const brow = portrait.hair === "blond" ? "#B98A45" : portrait.hair === "grey" ? "#85868E" : hair.base;
  const ears = `<ellipse cx="80" cy="122" rx="9" ry="12" fill="${skin.shade}"/><ellipse cx="176" cy="122" rx="9" ry="12" fill="${skin.shade}"/>`;
  const earrings = portrait.earrings
    ? '<circle cx="78" cy="138" r="4.5" fill="#F2C14E"/><circle cx="178" cy="138" r="4.5" fill="#F2C14E"/>'
    : "";
  return page(`<rect width="256" height="256" fill="${scheme.ground}"/>
<circle cx="128" cy="120" r="104" fill="${scheme.disc}"/>
<g fill="${hair.base}">${behind[portrait.cut] ?? ""}</g>
${clothes(index, scheme, skin)}
${ears}
<path fill="${skin.base}" d="${head}"/>
<path fill="${skin.shade}" opacity="0.35" d="M95 158 C105 169 116 175 128 175 C140 175 151 169 161 158 C154 176 148 186 128 186 C108 186 102 176 95 158 Z"/>
${beard(portrait, hair.base)}
${face(skin, brow, portrait)}
<g fill="${portrait.cut === "buzz" ? hair.base : hair.light}" ${portrait.cut === "buzz" ? 'opacity="0.85"' : ""}>${before[portrait.cut] ?? ""}</g>
${earrings}${glasses(portrait)}`);
}

function drawBot(colour: string): string {
  return page(`<rect width="256" height="256" fill="${colour}" opacity="0.22"/>
<circle cx="128" cy="122" r="104" fill="#FFFFFF" opacity="0.55"/>
<path fill="${colour}" d="M30 256 C34 216 72 204 128 204 C184 204 222 216 226 256 Z"/>
<rect x="112" y="178" width="32" height="34" rx="8" fill="#B9BECB"/>
<path stroke="#8F96A8" stroke-width="6" stroke-linecap="round" d="M128 66 V42"/><circle cx="128" cy="38" r="10" fill="${colour}"/>
<rect x="50" y="108" width="18" height="42" rx="9" fill="${colour}"/><rect x="188" y="108" width="18" height="42" rx="9" fill="${colour}"/>
<rect x="62" y="64" width="132" height="124" rx="36" fill="#F4F6FA"/>
<rect x="78" y="86" width="100" height="76" rx="26" fill="#2B3044"/>
<rect x="98" y="106" width="14" height="24" rx="7" fill="#8DF0DC"/><rect x="144" y="106" width="14" height="24" rx="7" fill="#8DF0DC"/>
<path fill="none" stroke="#8DF0DC" stroke-width="5" stroke-linecap="round" d="M112 144 Q128 153 144 144"/>
<circle cx="128" cy="230" r="9" fill="#FFFFFF" opacity="0.85"/>`);
}

const page = (content: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256" viewBox="0 0 256 256">${content}</svg>`;

/** `npm run avatars`: draws the demo data's portraits into public/avatars, which is checked in. */
export async function drawAvatars(): Promise<void> {
  const folder = join(projectDir, "public", "avatars");
  await mkdir(folder, { recursive: true });
  const pictures = [
    ...portraits.map((portrait, index) => ({ id: portrait.id, svg: draw(portrait, index) })),
    ...botPortraits.map(({ id, colour }) => ({ id, svg: drawBot(colour) })),
  ];
  for (const { id, svg } of pictures)
    await writeFile(
      join(folder, `${id}.webp`),
      await sharp(Buffer.from(svg)).webp({ quality: 82, effort: 6 }).toBuffer(),
    );
}
