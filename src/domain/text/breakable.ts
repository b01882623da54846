const LONG = 22;

const lengthOf = (text: string): number => [...text].length;

/**
 * Pieces of a text between which a line may end. A long word ends one after its @; a half of it that is still long, after
 * its joints (. _ / - =), or else anywhere.
 */
export function breakablePieces(text: string): readonly string[] {
  return text.replace(/\S+/gu, (word) => (lengthOf(word) <= LONG ? word : halvesOf(word))).split('\u200b');
}

function halvesOf(word: string): string {
  return word
    .replace(/@+(?=.)/gu, '$&\u200b')
    .split('\u200b')
    .map((half) => (lengthOf(half) <= LONG ? half : jointsOf(half)))
    .join('\u200b');
}

function jointsOf(part: string): string {
  return part.replace(/([/._=-]+)(?=.)/gu, '$1\u200b').replace(/[^\u200b]{16}(?=[^\u200b])/gu, '$&\u200b');
}
