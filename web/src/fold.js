// Folding of text for the search, as the program folds: what writers vary at will is made alike.
// أإآٱ → ا, ى → ي, ة → ه, Persian and Kurdish letters → their Arabic neighbours; harakat, tatweel and
// direction marks vanish; Latin letters lose case and accents.

const MARKS = /[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g;

const LETTERS = {
  أ: "ا", إ: "ا", آ: "ا", ٱ: "ا", ى: "ي", ی: "ي", ې: "ي", ێ: "ي", ة: "ه", ۃ: "ه", ھ: "ه", ہ: "ه", ە: "ه",
  ک: "ك", گ: "ك", ڪ: "ك", پ: "ب", چ: "ج", ڤ: "ف", ژ: "ز", ڕ: "ر", ڵ: "ل", ۆ: "و", ؤ: "و", ئ: "ي",
};

/** Text in the form in which it is compared. */
export function fold(text) {
  // NFKC first: it keeps أ as one letter; the accents of Latin letters are taken apart after.
  const letters = text.normalize("NFKC").replace(/[\u0622-\u0626\u0671-\u06d5]/g, (c) => LETTERS[c] ?? c);
  const plain = letters.replace(/[\u0629\u0649]/g, (c) => LETTERS[c]).normalize("NFD").replace(MARKS, "");
  return plain.replace(/[٠-٩]/g, (c) => c.charCodeAt(0) - 0x660).toLowerCase();
}
