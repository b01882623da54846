/** Check digit algorithms, by the issuers' published rules. */
export const CHECKS = ['card', 'aba', 'npi', 'ssn', 'itin', 'ein', 'phone', 'ca_sin'] as const;
export type Check = (typeof CHECKS)[number];

/** Card networks: numbers that start between `from` and `to`, with these lengths. */
export interface CardRange {
  readonly network: string;
  readonly from: string;
  readonly to: string;
  readonly lengths: readonly number[];
}

/** Whether the digits are valid. `ranges`: for cards. */
export function passes(check: Check, digits: string, ranges: readonly CardRange[]): boolean {
  switch (check) {
    case 'card':
      return (
        ranges.some(
          ({ from, to, lengths }) =>
            lengths.includes(digits.length) &&
            digits.slice(0, from.length) >= from &&
            digits.slice(0, to.length) <= to,
        ) &&
        !/^(\d)\1+$/u.test(digits) &&
        luhn(digits)
      );
    case 'aba':
      return aba(digits);
    case 'npi':
      return /^[12]/u.test(digits) && luhn(`80840${digits}`);
    case 'ssn':
      return ssn(digits);
    case 'itin':
      return /^9\d\d(?:5\d|6[0-5]|7\d|8[0-8]|9[0-2]|9[4-9])\d{4}$/u.test(digits);
    case 'ein':
      return EIN_PREFIX.test(digits);
    case 'ca_sin':
      return /^[1-79]/u.test(digits) && !/^(\d)\1+$/u.test(digits) && luhn(digits);
    case 'phone':
      return /^1?[2-9]\d\d[2-9]\d{6}$/u.test(digits) && !/^1?(\d)\1+$/u.test(digits);
  }
}

/** EIN prefixes that the IRS has assigned. */
const EIN_PREFIX = /^(?:0[1-6]|1[0-6]|2[0-7]|3[0-9]|4[0-8]|5[0-9]|6[0-8]|7[1-7]|8[0-8]|9[0-58-9])\d{7}$/u;

export function luhn(digits: string): boolean {
  let sum = 0;
  for (let at = digits.length - 1, twice = false; at >= 0; at -= 1, twice = !twice) {
    const digit = digits.charCodeAt(at) - 48;
    const value = twice ? digit * 2 : digit;
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
}

const ABA_WEIGHTS = [3, 7, 1, 3, 7, 1, 3, 7, 1];

function aba(digits: string): boolean {
  const district = Number(digits.slice(0, 2));
  const known =
    district <= 12 ||
    (district >= 21 && district <= 32) ||
    (district >= 61 && district <= 72) ||
    district === 80;
  const sum = ABA_WEIGHTS.reduce((total, weight, at) => total + weight * (digits.charCodeAt(at) - 48), 0);
  return known && sum > 0 && sum % 10 === 0 && !/^(\d)\1+$/u.test(digits);
}

/** Numbers published in wallets and advertisements, which belong to nobody. */
const SSN_OF_NOBODY = new Set(['078051120', '219099999', '457555462', '123456789', '987654321']);

function ssn(digits: string): boolean {
  const area = digits.slice(0, 3);
  return (
    area !== '000' &&
    area !== '666' &&
    !area.startsWith('9') &&
    digits.slice(3, 5) !== '00' &&
    digits.slice(5) !== '0000' &&
    !/^(\d)\1+$/u.test(digits) &&
    !SSN_OF_NOBODY.has(digits)
  );
}

/** ISO 13616: the first four characters move to the end, letters become numbers, and modulo 97 the result is 1. */
export function iban(value: string): boolean {
  const turned = `${value.slice(4)}${value.slice(0, 4)}`;
  let rest = 0;
  for (let at = 0; at < turned.length; at += 1) {
    const code = turned.charCodeAt(at);
    if (code >= 48 && code <= 57) rest = (rest * 10 + code - 48) % 97;
    else if (code >= 65 && code <= 90) rest = (rest * 100 + code - 55) % 97;
    else return false;
  }
  return rest === 1;
}
