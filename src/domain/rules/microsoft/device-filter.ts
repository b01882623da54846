/**
 * The rule of a Conditional Access device filter, as a formula over facts about a device. Comparisons are identified by
 * their text, so that two policies with the same text apply to the same devices.
 */
export interface DeviceRule {
  /** The comparisons in the rule. */
  readonly atoms: readonly string[];
  holds(truths: ReadonlySet<string>): boolean;
}

/** Intune considers the device compliant. */
export const COMPLIANT = 'device.iscompliant -eq true';
export const NOT_COMPLIANT = 'device.iscompliant -eq false';

type Formula = (truths: ReadonlySet<string>) => boolean;

const TOKEN = /\s*(\(|\)|"[^"]*"|\[[^\]]*\]|-[a-z]+\b|[^\s()"[\]]+)/giy;

/**
 * Parses a rule. One that does not follow the grammar becomes a single comparison: its meaning is unknown, but the same
 * text still selects the same devices.
 */
export function deviceRule(text: string): DeviceRule {
  const atoms = new Set<string>();
  const formula = new Parser(tokens(text), atoms).rule();
  if (formula !== null) return { atoms: [...atoms], holds: formula };
  const whole = `rule ${text.trim().replace(/\s+/g, ' ')}`;
  return { atoms: [whole], holds: (truths) => truths.has(whole) };
}

function tokens(text: string): readonly string[] | null {
  const found: string[] = [];
  const rest = text.trim();
  TOKEN.lastIndex = 0;
  let at = 0;
  while (at < rest.length) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(rest);
    if (match?.[1] === undefined) return null;
    found.push(match[1]);
    at = TOKEN.lastIndex;
  }
  return found;
}

/**
 * Recursive descent parser; precedence from lowest: `-or`, `-and`, `-not`. Each method returns null on a syntax error.
 */
class Parser {
  readonly #tokens: readonly string[] | null;
  readonly #atoms: Set<string>;
  #at = 0;

  constructor(list: readonly string[] | null, atoms: Set<string>) {
    this.#tokens = list;
    this.#atoms = atoms;
  }

  rule(): Formula | null {
    const formula =
      this.#tokens === null ? null : this.#joined('-or', () => this.#joined('-and', () => this.#one()));
    return this.#at === this.#tokens?.length ? formula : null;
  }

  #word(): string | undefined {
    return this.#tokens?.[this.#at]?.toLowerCase();
  }

  #joined(by: '-or' | '-and', part: () => Formula | null): Formula | null {
    const parts: Formula[] = [];
    do {
      if (parts.length > 0) this.#at += 1;
      const next = part();
      if (next === null) return null;
      parts.push(next);
    } while (this.#word() === by);
    return by === '-or'
      ? (truths) => parts.some((one) => one(truths))
      : (truths) => parts.every((one) => one(truths));
  }

  #one(): Formula | null {
    if (this.#word() === '-not') {
      this.#at += 1;
      const inner = this.#one();
      return inner === null ? null : (truths) => !inner(truths);
    }
    if (this.#word() === '(') {
      this.#at += 1;
      const inner = this.#joined('-or', () => this.#joined('-and', () => this.#one()));
      if (inner === null || this.#word() !== ')') return null;
      this.#at += 1;
      return inner;
    }
    return this.#comparison();
  }

  #comparison(): Formula | null {
    const [left, operator, right] = this.#tokens?.slice(this.#at, this.#at + 3) ?? [];
    if (left === undefined || operator === undefined || right === undefined) return null;
    if (!/^device\.[a-z0-9]+$/i.test(left) || !/^-[a-z]+$/i.test(operator) || /^[()-]/.test(right))
      return null;
    this.#at += 3;
    // A device without a value satisfies the negative comparison and not the positive one, so each negates the other.
    // For extension attributes, Entra may apply neither to an unmanaged device, so those are kept separate.
    const word = operator.toLowerCase();
    const apart = /extensionattribute/i.test(left);
    const positive = apart ? word : word === '-ne' ? '-eq' : word.replace(/^-not(?=.)/, '-');
    const value = /^"?(true|false)"?$/i.test(right) ? right.replaceAll('"', '').toLowerCase() : right;
    const atom = `${left.toLowerCase()} ${positive} ${value}`;
    this.#atoms.add(atom);
    return positive === word ? (truths) => truths.has(atom) : (truths) => !truths.has(atom);
  }
}
