/** Words that call someone a person of the past. Not "past": an immediate past president still has a role. */
const FORMER =
  '(?:former(?:ly)?|ex|retired|resigned|departed|left|no longer (?:here|with us|employed)|deceased|emerit(?:us|a)|ehemalig\\p{L}*|ausgeschieden|ancien(?:ne)?|retirée?|partie?|jubilad[oa]|antigu[oa])';

/** Stated in parentheses, after a comma or a dash, or before the name: "Dana Whit (former)", "Ex-treasurer Dana Whit". */
const SAYS_FORMER = new RegExp(
  `(?:\\(|, | [-–—] )${FORMER}(?!\\p{L})|^(?:former|ex|ehemalig\\p{L}*|ancien(?:ne)?)[ -]`,
  'iu',
);

/** Longer text is not that of a name. */
const MAX_LENGTH = 200;

/** Whether the text in place of a person’s name says itself that the person is no longer here. */
export function saysFormer(text: string): boolean {
  return text.length <= MAX_LENGTH && SAYS_FORMER.test(text.trim());
}
