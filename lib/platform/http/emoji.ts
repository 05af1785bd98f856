const flag = String.raw`\p{Regional_Indicator}{2}`;
const keycap = String.raw`[0-9#*]\uFE0F?\u20E3`;
const tags = String.raw`[\u{E0020}-\u{E007E}]{1,8}\u{E007F}`;
const picture = String.raw`\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier})?(?:${tags})?`;
const emoji = new RegExp(`^(?:${flag}|${keycap}|${picture}(?:\\u200D(?:${picture})){0,7})$`, "u");

/**
 * Characters such as © are emoji only with a variation selector. Characters from this code point on always
 * are.
 */
const firstPicture = 0x1f000;
const presentedAsEmoji = /\p{Emoji_Presentation}/u;

/** Returns whether the text is exactly one emoji (Unicode Technical Standard 51), of any Unicode version. */
export function isEmoji(text: string): boolean {
  const [first = "", ...more] = text;
  if (more.length === 0 && (first.codePointAt(0) ?? 0) < firstPicture) return presentedAsEmoji.test(first);
  return emoji.test(text);
}
