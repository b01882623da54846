import type { CompiledRules } from './compile.ts';
import { type DlpRule, sampleText } from './rules.ts';
import { scan } from './scan.ts';

/** A line of a test file: what it contains, and the text. */
export interface FakeLine {
  readonly rule: string;
  readonly title: string;
  readonly text: string;
}

/** First line of every such file. */
export const FAKE_NOTICE =
  'TEST FILE. Every name, number and key in it is invented or published as no one’s. It shows whether data loss prevention sees it.';

/**
 * A sample of each rule on one line that the rule detects, so that a file of them has to be blocked. Rules that need a
 * table or several lines are covered by the table.
 */
export function fakeLines(rules: readonly DlpRule[], compiled: CompiledRules): readonly FakeLine[] {
  return rules.flatMap((rule) => {
    if (rule.lookOnly) return [];
    const text = rule.samples.hits
      .map(sampleText)
      .find(
        (one) =>
          !one.includes('\n') && scan(one, compiled).findings.some((finding) => finding.rule === rule.id),
      );
    return text === undefined ? [] : [{ rule: rule.id, title: rule.title, text }];
  });
}

const FIRST = [
  'Avery',
  'Blake',
  'Casey',
  'Drew',
  'Emery',
  'Finley',
  'Gray',
  'Harper',
  'Indigo',
  'Jordan',
  'Kai',
  'Lane',
];

/** A list of fictitious members: twelve rows, more than the threshold of any rule. */
export function fakeMembers(): readonly (readonly string[])[] {
  return [
    ['Member ID', 'Full Name', 'Email', 'Phone', 'Address', 'Dues Paid', 'Certification Number', 'SSN'],
    ...FIRST.map((name, at) => [
      `TEST-${1000 + at}`,
      `${name} Testperson`,
      `${name.toLowerCase()}@test.example`,
      `(202) 555-01${10 + at}`,
      `${100 + at} Test Street, Springfield, VA 2215${at % 10}`,
      `${100 + at * 5}.00`,
      `CERT-${2000 + at}`,
      `${433 + at}-85-64${10 + at}`,
    ]),
  ];
}
