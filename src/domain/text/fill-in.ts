/** Words of templates in place of a value, in the languages of clients' files. */
const PHRASES = [
  'your[-_ ](?:[\\p{L}\\d]+[-_ ]){0,3}(?:here|token|key|value|code|id|name|domain|org|organi[sz]ation|association|company|secret|string|record)',
  '(?:insert|enter|paste|put|add|replace|fill in)[-_ ](?:[\\p{L}\\d]+[-_ ]){0,4}(?:here|this|below|me)',
  'placeholder|lorem ipsum|change[-_ ]?me|replace[-_ ]?me|fill[-_ ]?me[-_ ]?in|token[-_ ]here|value[-_ ]here',
  'ihr(?:en?)?[-_ ](?:[\\p{L}\\d]+[-_ ])?(?:token|schlüssel|wert|name)|hier[-_ ](?:einfügen|eintragen|einsetzen)',
  'votre[-_ ](?:[\\p{L}\\d]+[-_ ])?(?:jeton|clé|valeur|nom)|(?:su|tu)[-_ ](?:[\\p{L}\\d]+[-_ ])?(?:token|clave|valor|nombre)[-_ ]aquí|uw[-_ ](?:token|sleutel|waarde|naam)',
];
const PHRASE = new RegExp(`(?<!\\p{L})(?:${PHRASES.join('|')})(?!\\p{L})`, 'iu');

const WHOLE = new RegExp(`^(?:${PHRASES.join('|')})\\P{L}*$`, 'iu');

/** A text that is nothing but a field of a template: <name>, [name], {{name}}. */
const FIELD = /^(?:<[^<>@]*>|\[[^[\]]*\]|\{+[^{}]*\}+|%[A-Z_]+%|\$\{?[A-Z_]+\}?)$/;

/** Whether a text is nothing but what a template has in place of a value: "<name>", "[your plan here]", "XXXX". */
export function isFillIn(text: string): boolean {
  const plain = text.trim();
  return FIELD.test(plain) || /^x{3,}$/i.test(plain) || WHOLE.test(plain);
}

/** Words that stand alone in place of a token. */
const NO_TOKEN =
  /^(?:example|sample|token|value|code|secret|test|dummy|tb[dac]|to ?do|n\/?a|none|null|nil|pending|unknown|foo|bar)$/i;

/** Whether a token has parts that only a template has: brackets, dots in place of the rest, "XXXX", "your-token". */
export function isFillInToken(token: string): boolean {
  const plain = token.trim();
  return (
    /[<>{}[\]…\s]|\.{3}|x{4}|\*{3}|_{4}/i.test(plain) ||
    NO_TOKEN.test(plain) ||
    PHRASE.test(plain.replace(/=/g, ' '))
  );
}
